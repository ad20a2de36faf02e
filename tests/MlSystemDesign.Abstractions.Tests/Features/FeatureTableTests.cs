namespace MlSystemDesign.Abstractions.Tests.Features;

public class FeatureTableTests
{
    private static readonly FeatureTable Table = new FeatureTableBuilder(["a", "b", "c"]).Number("fee", [1, double.NaN, 3], "EUR").Category("plan", ["basic", null, "air"]).Build();

    [Fact]
    public void Build_FromColumns_KeepsValuesAndOrdersLevels()
    {
        Table.Numbers("fee").ToArray().Should().Equal(1, double.NaN, 3);
        Table.Schema[1].Levels.Should().Equal("air", "basic");
        Table.Codes(1).ToArray().Should().Equal(1, -1, 0);
        Enumerable.Range(0, 3).Select(r => Table.CategoryAt("plan", r)).Should().Equal("basic", null, "air");
        Table.Schema[0].Unit.Should().Be("EUR");
        Table.Observations.HasCutoffs.Should().BeFalse();
        Table.Codes(0).IsEmpty.Should().BeTrue();
        Table.Numbers(1).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Build_InAnotherCulture_OrdersLevelsTheSame() => Cultures.In("tr-TR", () => new FeatureTableBuilder(["a", "b", "c", "d"]).Category("x", ["ı", "i", "I", "İ"]).Build()).Schema[0].Levels.Should().Equal("I", "i", "İ", "ı");

    [Fact]
    public void Number_OfACallersArray_KeepsItsOwnValues()
    {
        double[] values = [1, 2];
        FeatureTable table = new FeatureTableBuilder(["a", "b"]).Number("x", values).Build();
        values[0] = 99;
        table.Numbers("x")[0].Should().Be(1);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Number_OfInfinity_NamesTheRow(double value) => FluentActions.Invoking(() => new FeatureTableBuilder(["a", "b"]).Number("fee", [1, value])).Should().Throw<ArgumentException>()
        .WithMessage("A feature must be finite, or NaN for missing. Got infinity in 'fee', row 2. Repair the value or mark it missing.*");

    [Fact]
    public void Add_OfAnotherLength_NamesTheColumn()
    {
        FeatureTableBuilder builder = new(["a", "b"]);
        const string Message = "Every column must have one value per row (2). Got 1 in 'x'. Fill the column.";
        builder.Invoking(b => b.Number("x", [1])).Should().Throw<ArgumentException>().WithMessage(Message);
        builder.Invoking(b => b.Category("x", ["p"])).Should().Throw<ArgumentException>().WithMessage(Message);
        builder.Invoking(b => b.Number(" ", [1, 2])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Build_OfANameTwice_NamesIt() => FluentActions.Invoking(() => new FeatureTableBuilder(["a"]).Number("x", [1]).Category("x", ["p"]).Number("y", [1]).Number("y", [2]).Build())
        .Should().Throw<PlanException>().WithMessage("Feature schema has 2 faults: (1) Feature names must be unique. Got 'x' 2 times. Rename one. (2) Feature names must be unique. Got 'y' 2 times. Rename one.");

    [Fact]
    public void Schema_OfAnEmptyName_Refuses() => FluentActions.Invoking(() => new FeatureSchema([new FeatureColumn { Name = "", Kind = ColumnKind.Number }])).Should().Throw<PlanException>()
        .WithMessage("Feature schema: Every feature must have a name. Got an empty one. Name it.");

    [Fact]
    public void Schema_FindsColumnsByExactName()
    {
        Table.Schema.IndexOf("plan").Should().Be(1);
        Table.Schema.IndexOf("Plan").Should().Be(-1);
        Table.Schema.Invoking(s => s.Require("Plan")).Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'Plan'. Use one of: fee, plan.*");
    }

    [Fact]
    public void Read_OfTheOtherKind_SaysHowToRead()
    {
        Table.Invoking(t => t.Numbers("plan").Length).Should().Throw<ArgumentException>().WithMessage("The column must hold numbers. Got 'plan', which holds categories. Read it with Codes or CategoryAt.*");
        Table.Invoking(t => t.CategoryAt("fee", 0)).Should().Throw<ArgumentException>().WithMessage("The column must hold categories. Got 'fee', which holds numbers. Read it with Numbers.*");
    }

    [Fact]
    public void New_OfShapesThatDoNotFit_Refuses()
    {
        FluentActions.Invoking(() => new FeatureTable(Table.Observations, Table.Schema, [], [])).Should().Throw<ArgumentException>()
            .WithMessage("A table must have one array per column (2). Got 0 and 0. Build the arrays from the schema.");
        FluentActions.Invoking(() => new FeatureTable(Table.Observations, Table.Schema, [new double[3], default], [default, new int[2]])).Should().Throw<ArgumentException>()
            .WithMessage("Every column must have one value per row (3). Got 2 in 'plan'. Fill the column.");
        foreach (int code in (int[])[2, -2])
        {
            FluentActions.Invoking(() => new FeatureTable(Table.Observations, Table.Schema, [new double[3], default], [default, new[] { 0, code, 1 }])).Should().Throw<ArgumentException>()
                .WithMessage($"A code must be -1 or a position in its dictionary of 2. Got {code} in 'plan'. Give the column its levels.");
        }
    }

    [Fact]
    public void SelectRows_PicksEveryColumn()
    {
        FeatureTable picked = Table.SelectRows([2, 0, 0]);
        picked.Numbers("fee").ToArray().Should().Equal(3, 1, 1);
        picked.Codes(1).ToArray().Should().Equal(0, 1, 1);
        picked.Observations.Entities.ToArray().Should().Equal("c", "a", "a");
        picked.Schema.Should().BeSameAs(Table.Schema);
    }

    [Fact]
    public void AlignTo_AnotherDictionary_RemapsCodesAndMakesUnseenMissing()
    {
        FeatureSchema trained = new([Column("plan", ColumnKind.Category, "basic", "zoo"), Column("fee", ColumnKind.Number)]);
        FeatureTable aligned = Table.AlignTo(trained);
        aligned.Schema.Should().BeSameAs(trained);
        aligned.Codes(0).ToArray().Should().Equal([0, -1, -1], "basic is 0 there, missing stays missing, air was never seen");
        aligned.Numbers(1).ToArray().Should().Equal(1, double.NaN, 3);
        aligned.AlignTo(trained).Should().BeSameAs(aligned);
    }

    [Fact]
    public void AlignTo_AMissingOrOtherKindOfColumn_Refuses()
    {
        Table.Invoking(t => t.AlignTo(new FeatureSchema([Column("age", ColumnKind.Number)]))).Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'age'. Use one of: fee, plan.*");
        Table.Invoking(t => t.AlignTo(new FeatureSchema([Column("plan", ColumnKind.Number)]))).Should().Throw<ArgumentException>()
            .WithMessage("Column 'plan' must hold Number values. Got Category. Build the table with the plan that the model was trained on.");
    }

    [Fact]
    public void CodeOf_AfterTheLevelsWereReplaced_UsesTheNewOnes()
    {
        FeatureColumn before = Column("plan", ColumnKind.Category, "basic");
        before.CodeOf("basic").Should().Be(0);
        FeatureColumn after = before with { Levels = ["air", "basic"] };
        after.CodeOf("basic").Should().Be(1);
        after.CodeOf("air").Should().Be(0);
        after.CodeOf(null).Should().Be(-1);
        before.CodeOf("air").Should().Be(-1);
    }

    [Fact]
    public void Equality_OfColumns_IsByContentAndNotByUse()
    {
        FeatureColumn one = Column("plan", ColumnKind.Category, "a", "b"), other = Column("plan", ColumnKind.Category, "a", "b");
        one.CodeOf("a");
        one.Should().Be(other);
        one.GetHashCode().Should().Be(other.GetHashCode());
        one.Should().NotBe(Column("plan", ColumnKind.Category, "b", "a")).And.NotBe(one with { Group = "g" }).And.NotBe(one with { ValueForNothing = 0 }).And.NotBe(one with { Unit = "d" })
            .And.NotBe(one with { Lineage = "x" }).And.NotBe(one with { Kind = ColumnKind.Number }).And.NotBe(one with { Name = "y" });
    }

    [Fact]
    public void Group_ByDefault_IsTheName()
    {
        Column("fee", ColumnKind.Number).Group.Should().Be("fee");
        (Column("fee", ColumnKind.Number) with { Name = "rent" }).Group.Should().Be("rent");
        (Column("fee", ColumnKind.Number) with { Group = "spending" }).Group.Should().Be("spending");
    }

    private static FeatureColumn Column(string name, ColumnKind kind, params string[] levels) => new() { Name = name, Kind = kind, Levels = levels };
}
