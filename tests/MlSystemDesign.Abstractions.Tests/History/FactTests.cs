namespace MlSystemDesign.Abstractions.Tests.History;

public class FactTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SourceSchema Source = new()
    {
        Name = "purchases",
        Columns = [new SourceColumn("amount", ColumnKind.Number, "EUR"), new SourceColumn("kind", ColumnKind.Category)],
        Observed = new TimeWindow(Start, Start.AddDays(30)),
        KnownAfter = TimeSpan.FromHours(6),
    };

    private static readonly FactTable Facts = Table(Source, [5, double.NaN, -5, 0], [1, -1, 0, 0]);

    [Fact]
    public void Apply_OfNumberFilters_ExcludesTheLimitAndMissing()
    {
        Passing(EventFilter.Above("amount", 0)).Should().Equal(true, false, false, false);
        Passing(EventFilter.Below("amount", 0)).Should().Equal(false, false, true, false);
        Passing(EventFilter.Above("amount", double.NaN)).Should().NotContain(true);
    }

    [Fact]
    public void Apply_OfCategoryFilters_LetsMissingPassOnlyIsNot()
    {
        Passing(EventFilter.Is("kind", "cancel")).Should().Equal(false, false, true, true);
        Passing(EventFilter.IsNot("kind", "cancel")).Should().Equal(true, true, false, false);
        Passing(EventFilter.Is("kind", "never seen")).Should().NotContain(true);
        Passing(EventFilter.IsNot("kind", "never seen")).Should().NotContain(false);
        Passing(EventFilter.Is("kind", "CANCEL")).Should().NotContain(true);
    }

    [Fact]
    public void FaultFor_NamesTheColumnsOrTheKind()
    {
        EventFilter.Above("amount", 1).FaultFor(Source).Should().BeNull();
        EventFilter.Above("price", 1).FaultFor(Source).Should().Be("A filter must name a column of source 'purchases'. Got 'price'. Use one of: amount, kind.");
        EventFilter.Is("amount", "x").FaultFor(Source).Should().Be("The filter 'amount is x' needs a Category column. Got 'amount' of kind Number. Compare categories with Is, numbers with Above or Below.");
        FluentActions.Invoking(() => Passing(EventFilter.Below("kind", 1))).Should().Throw<ArgumentException>().WithMessage("The filter 'kind below 1' needs a Number column.*");
    }

    [Fact]
    public void ToString_OfAFilter_ReadsLikeASentence() => Cultures.In("nl-NL", () => new[]
    {
        EventFilter.Above("amount", 2.5).ToString(), EventFilter.Below("amount", -2.5).ToString(), EventFilter.Is("kind", "cancel").ToString(), EventFilter.IsNot("kind", "cancel").ToString(),
    }).Should().Equal("amount above 2.5", "amount below -2.5", "kind is cancel", "kind is not cancel");

    [Fact]
    public void Equality_OfFilters_IsByContent() => EventFilter.Is("a", "b").Should().Be(EventFilter.Is("a", "b")).And.NotBe(EventFilter.IsNot("a", "b"));

    [Fact]
    public void KnownTime_WithAFixedDelay_IsThatMuchLater()
    {
        Facts.KnownTime(0).Should().Be(Facts.EventTime(0).AddHours(6));
        FactTable last = new(Source with { KnownAfter = TimeSpan.MaxValue }, new[] { DateTimeOffset.MaxValue.Ticks - 1 }, default, [new double[1], default], [default, new int[1]], [null, ["cancel"]]);
        last.KnownTime(0).Should().Be(DateTimeOffset.MaxValue, "a delay beyond the end of time stops there");
    }

    [Fact]
    public void KnownTime_WithItsOwnColumn_IsRead()
    {
        FactTable facts = new(Source with { HasKnownTime = true }, new[] { Start.UtcTicks }, new[] { Start.AddDays(3).UtcTicks }, [new double[1], default], [default, new int[1]], [null, ["cancel"]]);
        facts.KnownTime(0).Should().Be(Start.AddDays(3));
        facts.Count.Should().Be(1);
    }

    [Fact]
    public void New_OfShapesThatDoNotFit_Refuses()
    {
        FluentActions.Invoking(() => new FactTable(Source, new long[2], new long[1], [new double[2], default], [default, new int[2]], [null, ["x"]])).Should().Throw<ArgumentException>()
            .WithMessage("A fact table must have one array per column of source 'purchases' (2) and as many known times as event times, or none. Got 2, 2 and 2 arrays, 2 event and 1 known times. Build all arrays from the schema.");
        FluentActions.Invoking(() => new FactTable(Source, new long[2], default, [], [], [])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void New_OfAShortColumn_NamesIt()
    {
        FluentActions.Invoking(() => new FactTable(Source, new long[2], default, [new double[1], default], [default, new int[2]], [null, ["x"]])).Should().Throw<ArgumentException>()
            .WithMessage("Each column of source 'purchases' must have one value per fact (2). Got 1 in 'amount'. Fill the column.");
        FluentActions.Invoking(() => new FactTable(Source, new long[2], default, [new double[2], default], [default, new int[3]], [null, ["x"]])).Should().Throw<ArgumentException>()
            .WithMessage("Each column of source 'purchases' must have one value per fact (2). Got 3 in 'kind'. Fill the column.");
    }

    [Fact]
    public void Find_OfASourceOrColumn_IsByExactName()
    {
        HistorySchema history = new([Source, Source with { Name = "visits" }]);
        history["visits"].Name.Should().Be("visits");
        history.Invoking(h => h["Visits"]).Should().Throw<ArgumentException>().WithMessage("The source must be one of the history. Got 'Visits'. Use one of: purchases, visits.*");
        EntityFacts facts = new("anna", [Facts]);
        facts["purchases"].Should().BeSameAs(Facts);
        facts.Invoking(f => f["visits"]).Should().Throw<ArgumentException>().WithMessage("The source must be one of the history. Got 'visits'. Use one of: purchases.*");
        Source.IndexOf("kind").Should().Be(1);
        Source.IndexOf("Kind").Should().Be(-1);
    }

    private static bool[] Passing(EventFilter filter)
    {
        bool[] passes = [true, true, true, true];
        filter.Apply(Facts, passes);
        return passes;
    }

    private static FactTable Table(SourceSchema schema, double[] amounts, int[] kinds) => new(
        schema, Enumerable.Range(0, amounts.Length).Select(i => Start.AddDays(-i).UtcTicks).ToArray(), default, [amounts, default], [default, kinds], [null, ["cancel", "buy"]]);
}
