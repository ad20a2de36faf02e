using System.Globalization;
using System.Text.RegularExpressions;
using MlSystemDesign.Features;

namespace FeatureTour.Tests;

/// <summary>What docs/features.md shows is what runs.</summary>
public sealed partial class FeaturesDocumentTests
{
    public static TheoryData<string> Files => ["SimulatedShop", "WeekendShare", "OnlineRetail", "Cdnow", "Journey", "Oulad", "LiveFeatures"];

    public static TheoryData<FeatureAggregate> Aggregates => [.. Enum.GetValues<FeatureAggregate>()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Snippet_OfEachFile_IsTheCodeThatRuns(string file) => FeaturesDocument.Snippet(file).Should().Be(FeaturesDocument.Code(file));

    [Theory]
    [InlineData("OnlineRetail")]
    [InlineData("Cdnow")]
    [InlineData("Journey")]
    [InlineData("Oulad")]
    [InlineData("SimulatedShop")]
    public void Snippet_OfADataSet_TakesUnderTenLines(string file) => FeaturesDocument.Code(file).Split('\n').Should().HaveCountLessThan(10);

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void Table_OfEveryAggregate_SaysWhatItsTraitsSay(FeatureAggregate aggregate)
    {
        string[] cells = FeaturesDocument.Between(FeaturesDocument.Text, $"\n| `{aggregate}` | ", " |\n").Split(" | ");
        cells.Should().HaveCount(7);
        if (aggregate == FeatureAggregate.Custom)
        {
            return;
        }

        AggregateTraits traits = AggregateTraits.Of(aggregate);
        string nothing = double.IsNaN(traits.ValueForNothing) ? "missing" : traits.ValueForNothing.ToString(CultureInfo.InvariantCulture);
        string unit = aggregate == FeatureAggregate.Expression ? "its own" : traits.UnitFor("column") ?? "–";
        string input = traits.Input == AggregateInput.NumberOrCategory ? "number or category" : $"{traits.Input}".ToLowerInvariant();

        cells[2..6].Should().Equal(input, nothing, unit, traits.IsInvertible ? "yes" : "no");
    }

    [Fact]
    public async Task SimulatedShop_Run_PrintsWhatTheDocumentShows()
    {
        StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

        await TourPrinter.RunAsync(SimulatedShop.Create(), output);

        Times().Replace(output.ToString().ReplaceLineEndings("\n"), "read in … ms, built in … ms").TrimEnd()
            .Should().Be(FeaturesDocument.Between(FeaturesDocument.Text, "What the shop prints:\n\n```text\n", "\n```"));
    }

    [GeneratedRegex(@"read in \d+ ms, built in \d+ ms")]
    private static partial Regex Times();
}
