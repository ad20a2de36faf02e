using CsCheck;
using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Monitoring;

public sealed class DriftMonitorTests
{
    private static readonly DriftMonitor Monitor = new();

    [Fact]
    public async Task Compare_ShiftedNumber_IsMaterialWithEffectAndSignificance()
    {
        ColumnDrift drift = (await Compare(Number(Normal(1, 2000)), Number([.. Normal(2, 500).Select(v => v + 0.5)]))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.Material);
        drift.PValue.Should().BeLessThan(1e-10);
        Value(drift, "KS distance").Should().BeInRange(0.15, 0.3);
        Value(drift, "PSI").Should().BeGreaterThan(0.2);
        Value(drift, "PSI, 95 % under no change").Should().BeApproximately(16.919 * ((1.0 / 2000) + (1.0 / 500)), 1e-3);
        drift.Reason.Should().StartWith("changed beyond chance, and enough to matter: KS distance 0.");
    }

    [Fact]
    public async Task Compare_TinyShiftOfManyRows_IsChangedButImmaterial()
    {
        DriftReport report = await Compare(Number(Normal(1, 40_000)), Number([.. Normal(2, 40_000).Select(v => v + 0.06)]));
        report.Columns.Single().Verdict.Should().Be(DriftVerdict.ChangedButImmaterial);
        report.Verdict.Should().Be(DriftVerdict.ChangedButImmaterial);
    }

    [Fact]
    public async Task Compare_LargeEffectOfFewRows_IsStable()
    {
        // The first 30 rows of a calm stream: PSI is far above its floor and yet within chance.
        ColumnDrift drift = (await Compare(Number(Normal(1, 2000)), Number(Normal(5, 30)))).Columns.Single();
        Value(drift, "PSI").Should().BeGreaterThan(0.2);
        drift.Verdict.Should().Be(DriftVerdict.Stable);
        drift.Reason.Should().StartWith("no change beyond chance: ");
    }

    [Fact]
    public async Task Compare_EmptyFeed_IsNotComputable()
    {
        FeatureTable reference = new FeatureTableBuilder(Keys(100)).Number("x", Normal(1, 100)).Category("c", Enumerable.Repeat("a", 100).ToArray()).Build();
        DriftReport report = await Compare(reference, reference.SelectRows([]), Normal(3, 100));
        report.Verdict.Should().Be(DriftVerdict.NotComputable);
        report.Columns.Should().HaveCount(3).And.OnlyContain(c => c.Verdict == DriftVerdict.NotComputable && c.Reason == "not computable: the current feed is empty: 0 rows");
        report.Checks.Should().OnlyContain(c => c.Status == CheckStatus.Undefined);
    }

    [Fact]
    public async Task Compare_OneRow_IsNotComputable()
    {
        DriftReport report = await Compare(Number(Normal(1, 1000)), Number([1e9]));
        report.Columns.Single().Reason.Should().Be("not computable: only 1 current row(s); 30 are needed, so that one row cannot raise an alarm");
        report.Verdict.Should().Be(DriftVerdict.NotComputable);
    }

    [Fact]
    public void Compare_OneOddRowAmongUsualOnes_NeverAlarms() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[31, 60], Gen.Int[1, 400], Gen.Double[-1e12, 1e12]).Sample((seed, rows, copies, odd) =>
        {
            double[] values = Normal(seed, rows);
            string?[] levels = [.. values.Select(v => v < 0 ? "low" : "high")];
            FeatureTable reference = Mixed([.. Enumerable.Repeat(values, copies).SelectMany(v => v)], [.. Enumerable.Repeat(levels, copies).SelectMany(v => v)]);
            foreach ((double number, string? level) in new[] { (odd, "never seen"), (double.NaN, null), (odd, null), (double.NaN, "never seen") })
            {
                DriftReport report = Compare(reference, Mixed([number, .. values[1..]], [level, .. levels[1..]])).AsTask().GetAwaiter().GetResult();
                report.Verdict.Should().Be(DriftVerdict.Stable);
            }
        }, iter: 60);

    [Fact]
    public async Task Compare_ColumnGoneMissing_IsMaterialThoughItsDistributionIsGone()
    {
        double[] gone = [.. Enumerable.Repeat(double.NaN, 500)];
        ColumnDrift drift = (await Compare(Number(Normal(1, 1000)), Number(gone))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.Material);
        drift.Reason.Should().Contain("every current value is missing").And.Contain("missing 100.0 % against 0.0 %");
        drift.Statistics.Single(m => m.Name == "KS distance").UndefinedReason.Should().Be("every current value is missing");

        (await Compare(Number(gone), Number(gone))).Columns.Single().Reason.Should().Be("not computable: every current value is missing");
        (await Compare(Number(gone), Number(Normal(1, 100)))).Columns.Single().Verdict.Should().Be(DriftVerdict.Material);
    }

    [Fact]
    public async Task Compare_MoreMissing_IsFoundByItsOwnTest()
    {
        double[] reference = Normal(1, 2000), current = Normal(2, 1000);
        for (int i = 0; i < 100; i++)
        {
            current[i * 10] = double.NaN;
        }

        ColumnDrift drift = (await Compare(Number(reference), Number(current))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.Material);
        Value(drift, "missing share").Should().Be(0.1);
        Value(drift, "missing share, reference").Should().Be(0);
        Value(drift, "KS distance").Should().BeLessThan(0.1);
    }

    [Fact]
    public async Task Compare_Constants_AreStableWhenEqualAndMaterialWhenNot()
    {
        double[] five = [.. Enumerable.Repeat(5.0, 200)], six = [.. Enumerable.Repeat(6.0, 200)];
        (await Compare(Number(five), Number(five))).Columns.Single().Reason.Should().Be("no change beyond chance: constant, 5 on both sides");
        (await Compare(Number(five), Number(six))).Verdict.Should().Be(DriftVerdict.Material);
        (await Compare(Category([.. five.Select(_ => "a")]), Category([.. five.Select(_ => "a")]))).Columns.Single().Reason
            .Should().Be("no change beyond chance: constant, 'a' on both sides");
        (await Compare(Category([.. five.Select(_ => "a")]), Category([.. five.Select(_ => "b")]))).Verdict.Should().Be(DriftVerdict.Material);
    }

    [Fact]
    public async Task Compare_Categories_NamesUnseenAndVanishedLevels()
    {
        string[] before = [.. Enumerable.Range(0, 1000).Select(i => (i % 4) switch { 0 => "card", 1 => "cash", 2 => "wire", _ => "cash" })];
        string[] now = [.. Enumerable.Range(0, 200).Select(i => (i % 4) switch { 0 => "card", 1 => "cash", 2 => "crypto", _ => "cash" })];
        ColumnDrift drift = (await Compare(Category(before), Category(now))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.Material);
        drift.Reason.Should().Contain("unseen in the reference: 'crypto'").And.Contain("vanished: 'wire'");
        Value(drift, "Cramér's V").Should().BeGreaterThan(0.4);
    }

    [Fact]
    public async Task Compare_ManyRareUnseenLevels_IsFoundAlthoughEachIsRare()
    {
        string[] before = [.. Enumerable.Range(0, 5000).Select(i => i % 2 == 0 ? "a" : "b")];
        string[] now = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "a" : $"new {i}")];
        (await Compare(Category(before), Category(now))).Verdict.Should().Be(DriftVerdict.Material);
    }

    [Fact]
    public async Task Compare_LongTailWithoutChange_IsStable()
    {
        // Half of all rows carry a level of their own or nearly so: unseen levels are normal here.
        string[] Draw(int seed, int n)
        {
            Random random = new(seed);
            return [.. Enumerable.Range(0, n).Select(_ => random.Next(2) == 0 ? "usual" : $"item {random.Next(5000)}")];
        }

        ColumnDrift drift = (await Compare(Category(Draw(1, 3000)), Category(Draw(2, 300)))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.Stable);
        drift.Reason.Should().Contain("unseen in the reference: ").And.Contain(" more");
    }

    [Fact]
    public async Task Compare_Identifier_IsRefused()
    {
        string[] ids = [.. Enumerable.Range(0, 500).Select(i => $"id {i}")];
        ColumnDrift drift = (await Compare(Category(ids), Category(ids))).Columns.Single();
        drift.Verdict.Should().Be(DriftVerdict.NotComputable);
        drift.Reason.Should().Contain("as in an identifier");
    }

    [Fact]
    public async Task Compare_Score_IsAColumnOfItsOwn()
    {
        FeatureTable reference = Number(Normal(1, 500)), current = Number(Normal(2, 500));
        IDriftReference kept = Monitor.Summarize(reference, Normal(3, 500));
        DriftReport moved = await Monitor.CompareAsync(new DriftContext { Reference = kept, Current = current, Predictions = Normal(4, 500).Select(v => v + 1).ToArray() });
        moved.Columns[0].Column.Should().Be("score");
        moved.Columns[0].Verdict.Should().Be(DriftVerdict.Material);
        moved.Columns[1].Verdict.Should().Be(DriftVerdict.Stable);

        DriftReport without = await Monitor.CompareAsync(new DriftContext { Reference = kept, Current = current });
        without.Columns.Should().ContainSingle();
        without.Checks.Should().Contain(c => c.Check == "score" && c.Status == CheckStatus.NotRun);
        (await Compare(reference, current)).Checks.Should().Contain(new CheckOutcome("score", CheckStatus.NotRun, "the reference holds no predictions: pass them to Summarize"));
    }

    [Fact]
    public async Task Compare_ForeignColumns_AreReported()
    {
        double[] values = Normal(1, 100);
        FeatureTable reference = new FeatureTableBuilder(Keys(100)).Number("x", values).Number("y", values).Number("z", values).Build();
        FeatureTable current = new FeatureTableBuilder(Keys(100)).Number("x", values).Category("y", Enumerable.Repeat("a", 100).ToArray()).Number("new", values).Build();
        DriftReport report = await Compare(reference, current);
        report.Columns.Select(c => (c.Column, c.Verdict)).Should().Equal(
            ("y", DriftVerdict.NotComputable), ("z", DriftVerdict.NotComputable), ("x", DriftVerdict.Stable));
        report.Checks.Should().Contain(new CheckOutcome("columns without a reference", CheckStatus.NotRun, "new"));
        report.Columns[1].Reason.Should().Contain("do not have this column");
    }

    [Fact]
    public async Task Compare_IgnoredColumn_IsLeftOutAndSaidSo()
    {
        DriftMonitor monitor = new(new DriftMonitorOptions { IgnoredColumns = ["x"] });
        FeatureTable table = new FeatureTableBuilder(Keys(100)).Number("x", Normal(1, 100)).Number("y", Normal(2, 100)).Build();
        DriftReport report = await monitor.CompareAsync(new DriftContext { Reference = monitor.Summarize(table), Current = table });
        report.Columns.Select(c => c.Column).Should().Equal("y");
        report.Checks.Should().Contain(c => c.Detail == "x (ignored by choice)");
    }

    [Fact]
    public async Task Compare_WithInfinities_GivesOrdinaryNumbers()
    {
        double[] values = [double.PositiveInfinity, double.NegativeInfinity, .. Normal(1, 98)];
        FeatureTable table = new(ObservationSet.WithoutTime(Keys(100)), new FeatureSchema([new FeatureColumn { Name = "x", Kind = ColumnKind.Number }]), [values], [default]);
        DriftReport report = await Compare(table, table);
        report.Verdict.Should().Be(DriftVerdict.Stable);
        report.Columns.Single().Statistics.Should().OnlyContain(m => m.IsDefined && double.IsFinite(m.Value!.Value));
    }

    [Fact]
    public void Compare_InAnyRowOrder_GivesTheSameReport() =>
        Gen.Select(Gen.Int[0, 9].Array[40, 80], Gen.Shuffle(Enumerable.Range(0, 40).ToArray())).Sample((draws, order) =>
        {
            FeatureTable reference = Mixed([.. draws.Select(d => d == 9 ? double.NaN : d == 0 ? -0.0 : d)], [.. draws.Select(d => d == 8 ? null : $"{d % 3}")]);
            FeatureTable current = reference.SelectRows(order), sorted = reference.SelectRows([.. order.Order()]);
            string a = Describe(Compare(reference, current)), b = Describe(Compare(reference.SelectRows([.. Enumerable.Range(0, draws.Length).Reverse()]), sorted));
            a.Should().Be(b);
        }, iter: 60);

    [Fact]
    public async Task Compare_Cancelled_Stops()
    {
        FeatureTable table = Number(Normal(1, 100));
        Func<Task> act = async () => await Monitor.CompareAsync(new DriftContext { Reference = Monitor.Summarize(table), Current = table }, new CancellationToken(true));
        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Summarize_WithTooFewPredictions_SaysSo()
    {
        Action act = () => Monitor.Summarize(Number(Normal(1, 10)), [0.5]);
        act.Should().Throw<ArgumentException>().WithMessage("There must be one prediction per row (10), or none. Got 1. Score the same rows.");
    }

    [Fact]
    public async Task Compare_ForeignReference_SaysSo()
    {
        Func<Task> act = async () => await Monitor.CompareAsync(new DriftContext { Reference = new ForeignReference(), Current = Number([1]) });
        await act.Should().ThrowAsync<ArgumentException>()
            .WithMessage("The reference must be one that this kind of monitor made. Got kind 'acme.drift'. Pass what Summarize returned.*");
    }

    [Fact]
    public void Options_OutsideTheirRanges_AreAllNamed()
    {
        Action act = () => _ = new DriftMonitor(new DriftMonitorOptions { FalseDiscoveryRate = 0, MinimumRows = 1, PsiFloor = double.NaN });
        act.Should().Throw<PlanException>().WithMessage(
            "Drift monitor options has 3 faults: (1) FalseDiscoveryRate must be in (0, 0.5]. Got 0. Use 0.01 unless you know better. " +
            "(2) PsiFloor must be in [0.01, 10]. Got NaN. Use 0.2 unless you know better. (3) MinimumRows must be in [20, 1000000]. Got 1. Use 30 unless you know better.");
    }

    private static string Describe(ValueTask<DriftReport> report) =>
        string.Join('\n', report.AsTask().GetAwaiter().GetResult().Columns.Select(c => $"{c.Column} {c.Verdict} {c.Reason} {c.PValue:R} {string.Join(' ', c.Statistics)}"));

    private static double Value(ColumnDrift drift, string metric) => drift.Statistics.Single(m => m.Name == metric).Value!.Value;

    private static ValueTask<DriftReport> Compare(FeatureTable reference, FeatureTable current, double[]? predictions = null) =>
        Monitor.CompareAsync(new DriftContext { Reference = Monitor.Summarize(reference, predictions), Current = current });

    private static IEnumerable<EntityKey> Keys(int n) => Enumerable.Range(0, n).Select(i => new EntityKey((long)i));

    private static FeatureTable Number(double[] values) => new FeatureTableBuilder(Keys(values.Length)).Number("x", values).Build();

    private static FeatureTable Category(string?[] values) => new FeatureTableBuilder(Keys(values.Length)).Category("c", values).Build();

    private static FeatureTable Mixed(double[] numbers, string?[] categories) =>
        new FeatureTableBuilder(Keys(numbers.Length)).Number("x", numbers).Category("c", categories).Build();

    internal static double[] Normal(int seed, int n)
    {
        Random random = new(seed);
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return values;
    }

    private sealed class ForeignReference : IDriftReference
    {
        public string Kind => "acme.drift";

        public int Count => 1;
    }
}
