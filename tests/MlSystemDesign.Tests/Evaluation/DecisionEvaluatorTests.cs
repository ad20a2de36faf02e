using CsCheck;
using MlSystemDesign.Decisions;
using MlSystemDesign.Evaluation;
using static MlSystemDesign.Tests.Decisions.DecisionCases;

namespace MlSystemDesign.Tests.Evaluation;

public sealed class DecisionEvaluatorTests
{
    private static readonly string[] PredictionMetrics =
        ["share of positives", "AUC-ROC", "average precision", "precision", "recall", "F1", "log loss", "Brier score", "observed over expected", "calibration slope"];

    private static readonly string[] MoneyMetrics = ["value of decisions", "value of random contacts", "gain over random contacts"];

    [Fact]
    public async Task Evaluate_OfFourCustomers_ValuesTheTwoThatThePolicyPicks()
    {
        EvaluationReport report = await Evaluate(Four(1, 0, 1, 0));

        report.Metrics.Select(m => m.Name).Should().Equal([.. PredictionMetrics, .. MoneyMetrics]);
        report["AUC-ROC"].Value.Should().Be(0.75);
        report["precision"].Value.Should().Be(0.5); // threshold 0.5, the share of positives: c1 and c2 are called
        // c1 and c2 are called, c1 would have left: 0.2 x 100 - 2 x 5.
        report.DecisionValue!.Value.Should().Be(Money.Eur(10));
        report["value of decisions"].Unit.Should().Be("EUR");
        report["value of random contacts"].Value.Should().BeApproximately(10, 1e-12); // 2 x (0.2 x 50 - 5)
        report["gain over random contacts"].Value.Should().BeApproximately(0, 1e-12);
        // Entities: n s^2 of (20, 0) = 400. Effect: 0.05^2 x (100^2 + n s^2 of (100, 0)) = 0.0025 x 20000 = 50.
        ((double)(report.DecisionValue.Upper - report.DecisionValue.Value).Amount).Should().BeApproximately(1.959963984540054 * Math.Sqrt(450), 1e-5);
        report.Checks.Select(c => (c.Check, c.Status)).Should().Equal(
            ("ranking", CheckStatus.Run), ("threshold", CheckStatus.Run), ("proper scores", CheckStatus.Run), ("calibration", CheckStatus.Run), ("independent rows", CheckStatus.Run),
            ("value curve", CheckStatus.Run), ("value at capacity and budget", CheckStatus.Run), ("picked calibration", CheckStatus.Run));
    }

    [Fact]
    public async Task Evaluate_PickedCalibration_IsObservedOverPredictedAmongThePicked()
    {
        EvaluationReport report = await Evaluate(Four(1, 0, 1, 0));

        double ratio = 1 / 1.7, residuals = (Math.Pow(1 - (ratio * 0.9), 2) + Math.Pow(ratio * 0.8, 2)) * 2;
        report.PickedCalibration!.Value.Should().BeApproximately(ratio, 1e-12);
        report.PickedCalibration.Interval!.Upper.Should().BeApproximately(ratio + (1.959963984540054 * Math.Sqrt(residuals) / 1.7), 1e-9);
        report.PickedCalibration.Count.Should().Be(2);
    }

    [Fact]
    public async Task Evaluate_ValueCurve_PassesThroughTheDecisions()
    {
        EvaluationReport report = await Evaluate(Four(1, 0, 1, 0));

        report.ValueCurve.Select(p => (p.Contacts, p.Spend.Amount, p.Value.Value.Amount)).Should().Equal((1, 5, 15), (2, 10, 10), (3, 15, 25), (4, 20, 20));
        report.ValueCurve[1].Value.Upper.Should().Be(report.DecisionValue!.Upper); // the same two contacts
        // One contact has no spread: the prediction's own p (1 - p) stands in. Variance: 20^2 x 0.09 + 0.05^2 x 100^2 = 61.
        ((double)(report.ValueCurve[0].Value.Upper - report.ValueCurve[0].Value.Value).Amount).Should().BeApproximately(1.959963984540054 * Math.Sqrt(61), 1e-5);
    }

    [Fact]
    public async Task Evaluate_OfManyRows_ThinsTheCurve()
    {
        double[] p = [.. Enumerable.Range(1, 1234).Select(i => i / 1300.0)], y = [.. p.Select((_, i) => i % 3 == 0 ? 1.0 : 0.0)];

        EvaluationReport report = await Evaluate(ContextOf(Case(null, 100, Call()), Table([.. p.Select(_ => 100.0)]), y, p));

        report.ValueCurve.Should().HaveCount(100);
        report.ValueCurve[^1].Contacts.Should().Be(1234);
        report.Reliability.Should().HaveCount(10);
        report.Roc.Count.Should().BeInRange(100, 200);
    }

    [Fact]
    public async Task Evaluate_OfTwoCutoffs_DecidesEachWithItsOwnCapacity()
    {
        EntityKey[] entities = ["a", "b", "c", "a", "b", "c"];
        long first = Cutoff.UtcTicks, second = Cutoff.AddDays(30).UtcTicks;
        FeatureTable table = new FeatureTableBuilder(ObservationSet.Of(entities, [first, first, first, second, second, second])).Number("margin", [100, 100, 100, 100, 100, 100]).Build();

        EvaluationReport report = await Evaluate(ContextOf(Case(null, 1, Call()), table, [1, 0, 0, 1, 0, 0], [0.9, 0.5, 0.4, 0.9, 0.5, 0.4]));

        report.DecisionValue!.Value.Should().Be(Money.Eur(30)); // a is called twice: 2 x (20 - 5)
        report.Checks.Should().Contain(c => c.Check == "value at capacity and budget" && c.Detail == "2 decision runs, 2 contacts among 6 rows; doing nothing brings 0");
        report.Checks.Should().Contain(c => c.Check == "independent rows" && c.Detail.StartsWith("6 rows of 3 entities", StringComparison.Ordinal));
        // One entity only, so no spread of its own: 2 x 20^2 x 0.09 from the predictions, and the effect on both contacts at once: 0.05^2 x 200^2.
        ((double)(report.DecisionValue.Upper - report.DecisionValue.Value).Amount).Should().BeApproximately(1.959963984540054 * Math.Sqrt(72 + 100), 1e-5);
    }

    [Fact]
    public async Task Evaluate_OfATableWithoutTime_IsOneRun()
    {
        FeatureTable table = new FeatureTableBuilder(["a", "b", "c"]).Number("margin", [100, 100, double.NaN]).Build();

        EvaluationReport report = await Evaluate(ContextOf(Case(null, 2, Call()), table, [1, 0, 1], [0.9, 0.5, 0.9]));

        report.DecisionValue!.Value.Should().Be(Money.Eur(10));
        report.ValueCurve[^1].Contacts.Should().Be(2); // the row of unknown value is never contacted
    }

    [Fact]
    public async Task Evaluate_RandomContacts_AreDrawnFromTheEligibleOnly()
    {
        Intervention call = Call(5, 0.2, 0.05, 1, default, EligibilityRule.AtLeast("margin", 100));

        EvaluationReport report = await Evaluate(ContextOf(Case(null, null, call), Table(100, 200, 80), [1, 0, 1], [0.9, 0.3, 0.9]));

        report.DecisionValue!.Value.Should().Be(Money.Eur(15)); // c1: expected 13, against 7 of c2; c3 is not eligible
        report["value of random contacts"].Value.Should().BeApproximately(5, 1e-12); // half of 15, half of -5
        report["gain over random contacts"].Value.Should().BeApproximately(10, 1e-12);
    }

    [Fact]
    public async Task Evaluate_OfOneClass_StillGivesWhatExists()
    {
        EvaluationReport report = await Evaluate(Four(0, 0, 0, 0));

        report["AUC-ROC"].UndefinedReason.Should().Be("no row is positive: both classes must occur");
        report["average precision"].IsDefined.Should().BeFalse();
        report["Brier score"].IsDefined.Should().BeTrue();
        report["log loss"].IsDefined.Should().BeTrue();
        report.Checks.Should().Contain(c => c.Check == "ranking" && c.Status == CheckStatus.Undefined && c.Detail.Contains("no row is positive", StringComparison.Ordinal));
        report.DecisionValue!.Value.Should().Be(Money.Eur(-10));
        report.DecisionValue.Upper.Should().BeGreaterThan(Money.Eur(0)); // nobody left among two: no proof that nobody would
        report.PickedCalibration!.Value.Should().Be(0);
        report.PickedCalibration.Interval!.Upper.Should().BeGreaterThan(0.3);
    }

    [Fact]
    public async Task Evaluate_OfNoRows_IsUndefinedThroughout()
    {
        EvaluationReport report = await Evaluate(ContextOf(Case(null, 2, Call()), Table(), [], []));

        report.Metrics.Select(m => m.Name).Should().Equal([.. PredictionMetrics, .. MoneyMetrics]);
        report.Metrics.Should().OnlyContain(m => m.UndefinedReason == "there are no rows");
        report.PickedCalibration!.IsDefined.Should().BeFalse();
        report.DecisionValue.Should().BeNull();
        report.Roc.Should().BeEmpty();
        report.ValueCurve.Should().BeEmpty();
    }

    [Fact]
    public async Task Evaluate_WithMissingPredictions_IsUndefinedThroughout()
    {
        EvaluationReport report = await Evaluate(ContextOf(Case(null, 2, Call()), Table(100, 200), [1, 0], [0.5, double.NaN]));

        report.Metrics.Where(m => m.Name != "share of positives").Should().OnlyContain(m => m.UndefinedReason == "1 of 2 predictions are missing (NaN)");
    }

    [Fact]
    public async Task Evaluate_OfValuesInsteadOfOutcomes_SaysSo()
    {
        HoldoutSet holdout = new(Table(100, 200), [12.5, 80], TargetKind.Value);

        EvaluationReport report = await Evaluate(new EvaluationContext { Holdout = holdout, Predictions = new double[] { 10, 70 } });

        report.Metrics.Select(m => m.Name).Should().Equal(PredictionMetrics);
        report.Metrics.Should().OnlyContain(m => m.UndefinedReason == "the targets are values, not yes/no outcomes");
    }

    [Fact]
    public async Task Evaluate_WithoutCaseOrPolicy_SaysWhatWasNotRun()
    {
        EvaluationContext context = Four(1, 0, 1, 0);

        EvaluationReport bare = await Evaluate(context with { Case = null, Policy = null }), unpolicied = await Evaluate(context with { Policy = null });

        bare.Checks.Where(c => c.Status == CheckStatus.NotRun).Select(c => c.ToString()).Should().Equal(
            "value curve: not run, no business case was given",
            "value at capacity and budget: not run, no business case was given",
            "picked calibration: not run, no business case was given");
        bare.Metrics.Select(m => m.Name).Should().Equal(PredictionMetrics);
        unpolicied.ValueCurve.Should().HaveCount(4);
        unpolicied.DecisionValue.Should().BeNull();
        unpolicied.Checks[^1].Detail.Should().Be("no policy was given");
    }

    [Fact]
    public async Task Evaluate_WithACaseThatDoesNotFit_StillMeasuresThePredictions()
    {
        EvaluationContext context = Four(1, 0, 1, 0);
        BusinessCase late = Case(null, 2, Call(leadTime: TimeSpan.FromDays(20)));
        BusinessCase blind = Case(null, 2, Call()) with { Kpi = new Kpi("fee kept", OutcomeValue.PerRow("fee", 1, Currency.Eur)) };

        EvaluationReport tooLate = await Evaluate(context with { Case = late }), noColumn = await Evaluate(context with { Case = blind });

        tooLate["AUC-ROC"].IsDefined.Should().BeTrue();
        tooLate["value of decisions"].UndefinedReason.Should().Contain("it would come too late");
        tooLate.Checks.Should().Contain(c => c.Check == "value at capacity and budget" && c.Status == CheckStatus.NotRun);
        noColumn["value of decisions"].UndefinedReason.Should().StartWith("The column must be one of the table. Got 'fee'.");
    }

    [Fact]
    public async Task Evaluate_OfPerfectSeparation_FlagsTheMissingInterval()
    {
        EvaluationReport report = await Evaluate(Four(1, 1, 0, 0));

        report["AUC-ROC"].Value.Should().Be(1);
        report.Checks.Should().Contain(c => c.Check == "interval of AUC-ROC" && c.Status == CheckStatus.Undefined && c.Detail.Contains("no proof of certainty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_OfTooFewPredictions_NamesBoth() =>
        await FluentActions.Awaiting(() => Evaluate(ContextOf(Case(null, 2, Call()), Table(100, 200), [1, 0], [0.5]))).Should().ThrowAsync<ArgumentException>()
            .WithMessage("Each row of the holdout must have one prediction. Got 2 rows and 1 predictions.*");

    [Fact]
    public void Evaluate_WithRowsPermuted_KeepsEveryBit() => Gen.Select(Rows, Gen.Int).Sample(
        (rows, seed) =>
        {
            (int, double, double, double)[] shuffled = [.. rows];
            new Random(seed).Shuffle(shuffled);
            Text(Evaluate(Of(shuffled)).Result).Should().Be(Text(Evaluate(Of(rows)).Result));
        },
        iter: 60);

    [Fact]
    public void Evaluate_WithAllMoneyTimesTen_BringsTenTimesAsMuch() => Rows.Sample(
        rows =>
        {
            EvaluationReport one = Evaluate(Of(rows)).Result, ten = Evaluate(Of(rows, 10)).Result;
            foreach (string name in MoneyMetrics)
            {
                ten[name].Value.Should().BeApproximately(10 * one[name].Value!.Value, 1e-6);
            }

            ten.PickedCalibration!.IsDefined.Should().Be(one.PickedCalibration!.IsDefined);
            (ten.PickedCalibration.Value ?? 0).Should().BeApproximately(one.PickedCalibration.Value ?? 0, 1e-9);
        },
        iter: 60);

    // The outcomes of a fixed list vary, and the effect is an estimate: the interval must hold what the list truly brings.
    [Fact]
    public async Task Evaluate_Interval95OfTheValue_HoldsTheTruthInAbout95OfHundredHoldouts()
    {
        Random random = new(11);
        int held = 0;
        for (int r = 0; r < 300; r++)
        {
            double[] p = [.. Enumerable.Range(0, 200).Select(_ => 0.3 + (0.2 * random.NextDouble()))], y = [.. p.Select(x => random.NextDouble() < x ? 1.0 : 0.0)];
            double effect = 0.2 + (0.03 * Gaussian(random));
            EvaluationReport report = await Evaluate(ContextOf(Case(null, 80, Call(2, effect, 0.03)), Table([.. p.Select(_ => 100.0)]), y, p));
            double truth = p.OrderDescending().Take(80).Sum(x => (x * 0.2 * 100) - 2);
            held += report.DecisionValue!.Contains(Money.FromDouble(truth, Currency.Eur)) ? 1 : 0;
        }

        (held / 300.0).Should().BeInRange(0.92, 0.985);
    }

    private static readonly Gen<(int Key, double Margin, double P, double Y)[]> Rows =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 10], Gen.Int[0, 1], (m, p, y) => (m * 25.1, p / 10.0, (double)y)).Array[2, 40]
            .Select(rows => rows.Select((r, i) => (i, r.Item1, r.Item2, r.Item3)).ToArray());

    private static Task<EvaluationReport> Evaluate(EvaluationContext context) => new DecisionEvaluator().EvaluateAsync(context).AsTask();

    private static EvaluationContext Four(params double[] outcomes) => ContextOf(Case(null, 2, Call()), Table(100, 100, 100, 100), outcomes, [0.9, 0.8, 0.3, 0.28]);

    private static EvaluationContext ContextOf(BusinessCase @case, FeatureTable table, double[] outcomes, double[] predictions) => new()
    {
        Holdout = new HoldoutSet(table, outcomes),
        Predictions = predictions,
        Case = @case,
        Policy = new BudgetedPolicy(),
        LeadTime = TimeSpan.FromDays(14),
    };

    // Two rows per entity, at different cutoffs.
    private static EvaluationContext Of((int Key, double Margin, double P, double Y)[] rows, int scale = 1)
    {
        long[] ticks = [.. rows.Select(r => Cutoff.AddDays(r.Key % 2).UtcTicks)];
        EntityKey[] entities = [.. rows.Select(r => (EntityKey)(long)(r.Key / 2))];
        FeatureTable table = new FeatureTableBuilder(ObservationSet.Of(entities, ticks)).Number("margin", [.. rows.Select(r => r.Margin * scale)]).Build();
        return ContextOf(
            Case(15 * scale, 8, Action("mail", 0.75m * scale, 0.1), Call(5 * scale, 0.25, 0.05, 3)), table, [.. rows.Select(r => r.Y)], [.. rows.Select(r => r.P)]);
    }

    private static string Text(EvaluationReport report) => string.Join(
        '\n',
        [
            .. report.Metrics.Select(m => $"{m.Name} {m.Value:R} {m.Interval?.Lower:R} {m.Interval?.Upper:R} {m.UndefinedReason}"),
            .. report.Checks.Select(c => c.ToString()),
            .. report.ValueCurve.Select(p => $"{p.Contacts} {p.Spend.Amount} {p.Value.Value.Amount} {p.Value.Lower.Amount}"),
            $"{report.DecisionValue?.Lower.Amount} {report.PickedCalibration?.Value:R} {report.PickedCalibration?.Interval?.Upper:R}",
        ]);

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
