using MlSystemDesign.Features;
using Xunit.Abstractions;

namespace MlSystemDesign.Testing.Tests;

/// <summary>What we ship keeps what the interfaces promise.</summary>
public sealed class ImplementationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Found => [.. Implementations.Find().Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(Found))]
    public async Task Implementation_OfTheSixInterfaces_Conforms(string name)
    {
        Type type = Implementations.Find().Single(t => t.FullName == name);
        Implementations.Known.Should().ContainKey(type, $"every implementation is checked: add a line for {name} to Implementations.Known, with how to construct it and what to check it on");

        ConformanceReport report = await Implementations.Known[type]();

        output.WriteLine(string.Join('\n', report.Checks));
        report.Checks.Should().NotContain(c => c.Status != CheckStatus.Run && c.Check != "training", "only a trainer that is not available here may go untested");
    }

    [Fact]
    public void Find_InTheAssemblies_FindsAnImplementationOfEachInterface() =>
        Implementations.Find().Should().HaveCountGreaterThan(8).And.Contain(typeof(BatchFeatureBuilder)).And.BeEquivalentTo(Implementations.Known.Keys, "a line for a type that is gone is to be deleted");
}
