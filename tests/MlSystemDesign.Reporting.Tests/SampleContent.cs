using MlSystemDesign.Explanation;

namespace MlSystemDesign.Reporting.Tests;

/// <summary>A report of a made-up subscription business, in the size and shape of a real one. All numbers are fixed formulas, so that every run gives the same.</summary>
internal static class SampleContent
{
    public static readonly DateTimeOffset Cutoff = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private const string MoneyMethod = "delta method over the effects' standard errors and the calibration error of the picked list";

    public static BusinessCase Case { get; } = new BusinessCase
    {
        Name = "churn",
        Decision = "which customers we contact this week to keep them",
        Kpi = new Kpi("margin kept", OutcomeValue.PerRow("monthly_fee", 6.5, Currency.Eur)),
        Interventions =
        [
            new Intervention
            {
                Name = "phone call", Cost = Money.Eur(9.5m), Effect = new EffectEstimate(0.24, 0.05, "pilot of May 2025, 4000 per arm"), LeadTime = TimeSpan.FromDays(2), Capacity = 150,
                Eligibility = [EligibilityRule.AtLeast("monthly_fee", 20)],
            },
            new Intervention { Name = "voucher", Cost = Money.Eur(4m), Effect = new EffectEstimate(0.11, 0.04, "experiment of autumn 2024, 9500 per arm"), LeadTime = TimeSpan.FromDays(1) },
        ],
        Budget = Money.Eur(2500m),
        Capacity = 500,
    }.Validate();

    public static DecisionReportContent Full => new()
    {
        Title = "Who to contact this week",
        Case = Case,
        GeneratedAt = Cutoff.AddHours(6.5),
        Frame = new FrameDescription("churn 90 d", TimeSpan.FromDays(90), TimeSpan.FromDays(14)),
        Decisions = Decisions(418),
        Alternatives =
        [
            PlanAlternative.Estimated("this plan", Decisions(418).ExpectedValue) with { IsThisPlan = true, Contacts = 418, TrueValue = Money.Eur(7120.55m) },
            PlanAlternative.Estimated("recency rule", Estimate(3920.1, -610.4, 8470.3)) with { Contacts = 418, TrueValue = Money.Eur(2766.8m) },
            PlanAlternative.Estimated("contact at random", Estimate(-912.6, -2480, 655.1)) with { Contacts = 418, TrueValue = Money.Eur(-1184.12m) },
            PlanAlternative.Exact("do nothing", Money.Eur(0)) with { Contacts = 0, TrueValue = Money.Eur(0) },
        ],
        Evaluation = Evaluation(40),
        Leakage = Leakage,
        Drift = Drift,
        Model = new TrainedModel(
            "LightGBM", TargetKind.Probability, Schema, new NoPredictor(), new NoCalibrator(),
            new Dictionary<string, string> { ["rounds"] = "85", ["learning rate"] = "0.05", ["leaves"] = "15" }),
        TrainingRemarks =
        [
            "Compared out of fold: logistic regression (log loss 0.4412), LightGBM (log loss 0.4287).",
            "LightGBM was kept: its gain of 0.0125 is more than one standard error (0.0041) of the difference.",
        ],
        DataRemarks =
        [
            "Read 412,331 rows of purchases.csv; 17 rows refused (unparsable time), listed in the ingest report.",
            "Training: cutoffs 2025-03-01 to 2025-09-01; test: cutoff 2025-12-01. 1,208 rows purged because their label windows overlap the test period.",
        ],
        Limits = ["Vouchers were only tried on customers of more than one year."],
        SystemHash = "9f2c1d0be88a41c75de0a1f3",
        PolicyHash = "77ab01c2d3e4f560",
    };

    /// <summary>Gets the same with what moves the predictions.</summary>
    public static DecisionReportContent Explained => Full with { Explanation = Explain(Schema, 400), ReasonDrift = AttributionDrift.Compare(Explain(Schema, 400), Explain(Schema, 250)) };

    public static FeatureSchema Schema => new(
    [
        new FeatureColumn { Name = "days_since_last_purchase", Kind = ColumnKind.Number, Unit = "d", Lineage = "recency of purchases" },
        new FeatureColumn { Name = "amount_sum_90d", Kind = ColumnKind.Number, Unit = "EUR", Lineage = "sum of amount over 90 d of purchases", ValueForNothing = 0 },
        new FeatureColumn { Name = "monthly_fee", Kind = ColumnKind.Number, Unit = "EUR", Lineage = "attribute monthly_fee of accounts" },
        new FeatureColumn { Name = "plan", Kind = ColumnKind.Category, Lineage = "attribute plan of accounts", Levels = ["basic", "family", "premium"] },
    ]);

    public static LeakageReport Leakage { get; } = new()
    {
        Verdict = LeakageVerdict.Clean,
        Findings =
        [
            new LeakageFinding("single-feature AUC", LeakageSeverity.Suspicion, "days_since_last_purchase", "AUC 0.942 alone, above 0.9; n = 5210.", "Check that the column is not filled when the customer leaves."),
        ],
        Checks =
        [
            new CheckOutcome("poison the future", CheckStatus.Run, "40 cutoffs, 1,200 entities, 3 ways; positive control moved 4 of 4 columns"),
            new CheckOutcome("single-feature AUC", CheckStatus.Run, "4 columns"),
            new CheckOutcome("label-window overlap", CheckStatus.NotRun, "no holdout was given"),
            new CheckOutcome("duplicate rows across the split", CheckStatus.Undefined, "the holdout has one row"),
        ],
    };

    public static DriftReport Drift { get; } = new()
    {
        Verdict = DriftVerdict.Material,
        ReferenceCount = 20840,
        CurrentCount = 5210,
        Checks = [new CheckOutcome("score drift", CheckStatus.Run, "5,210 predictions")],
        Columns =
        [
            new ColumnDrift
            {
                Column = "monthly_fee", Verdict = DriftVerdict.Material, Reason = "PSI 0.31 is above 0.2 and beyond chance", PValue = 1e-9,
                Statistics = [Metric.Of("PSI", 0.31, 5210, MetricDirection.LowerIsBetter), Metric.Of("KS distance", 0.142, 5210), Metric.Of("missing share", 0.012, 5210, MetricDirection.Descriptive, unit: "share")],
            },
            new ColumnDrift
            {
                Column = "plan", Verdict = DriftVerdict.NotComputable, Reason = "all current values are missing: the feed is dead",
                Statistics = [Metric.Undefined("PSI", "no current value", 0), Metric.Of("missing share", 1, 5210, MetricDirection.Descriptive, unit: "share")],
            },
            new ColumnDrift { Column = "amount_sum_90d", Verdict = DriftVerdict.ChangedButImmaterial, Reason = "beyond chance, PSI 0.04 is below 0.1", PValue = 0.004, Statistics = [Metric.Of("PSI", 0.04, 5210)] },
            new ColumnDrift { Column = "score", Verdict = DriftVerdict.Stable, Reason = "no change beyond chance", PValue = 0.41, Statistics = [Metric.Of("PSI", 0.006, 5210)] },
        ],
    };

    /// <summary>Explains rows of any schema: attributions that follow the values, smaller from column to column; every ninth value is missing.</summary>
    public static GlobalExplanation Explain(FeatureSchema schema, int rows, double confidence = 0.95)
    {
        double ValueOf(int row, int column) => (row + column) % 9 == 0 ? double.NaN : ((row * 7919) + (column * 31)) % 1000 / 10.0;
        int[] columns = [.. Enumerable.Range(0, schema.Count)];
        FeatureTable table = new(
            ObservationSet.At(Enumerable.Range(0, rows).Select(i => new EntityKey((long)i)), Cutoff),
            schema,
            [.. columns.Select(c => (ReadOnlyMemory<double>)(schema[c].Kind == ColumnKind.Number ? Enumerable.Range(0, rows).Select(i => ValueOf(i, c)).ToArray() : []))],
            [.. columns.Select(c => (ReadOnlyMemory<int>)(schema[c].Kind == ColumnKind.Category ? Enumerable.Range(0, rows).Select(i => (i % 4) - 1).ToArray() : []))]);
        double[] values = [.. from i in Enumerable.Range(0, rows) from c in columns let value = ValueOf(i, c) select (double.IsNaN(value) ? 0.4 : (value - 50) / 40) / (c + 1)];
        TrainedModel model = new("m", TargetKind.Probability, schema, new NoPredictor(), new NoCalibrator());
        AttributionSummary summary = new(model, table, new GlobalExplainerOptions { Confidence = confidence });
        summary.Add(new AttributionTable(table.Observations, schema, -1.2, [.. values.Chunk(schema.Count).Select(r => r.Sum() - 1.2)], values, AttributionMethod.PathDependent, CoverKind.Counts), table);
        return summary.ToExplanation();
    }

    public static MoneyEstimate Estimate(double value, double lower, double upper) =>
        new(Money.FromDouble(value, Currency.Eur), Money.FromDouble(lower, Currency.Eur), Money.FromDouble(upper, Currency.Eur), 0.95, MoneyMethod);

    public static DecisionSet Decisions(int count)
    {
        Decision[] decisions = [.. Enumerable.Range(0, count).Select(Decide)];
        decimal total = decisions.Sum(d => d.ExpectedValue.Value.Amount);
        return new DecisionSet
        {
            Decisions = decisions,
            Candidates = 5210,
            NoAction = [new NoActionReason("not expected to pay", 4210), new NoActionReason("beyond the budget", 540), new NoActionReason("not eligible", 42)],
            Cost = decisions.Aggregate(Money.Eur(0), (sum, d) => sum + d.Cost),
            ExpectedValue = Estimate((double)total, (double)total * 0.27, (double)total * 1.67),
            Prices = [new ConstraintPrice("budget", 2500m, 2497m, Money.Eur(2.0134m)), new ConstraintPrice("capacity of phone call", 150, 150, Money.Eur(11.872m)), new ConstraintPrice("capacity", 500, 418, Money.Eur(0))],
            OptimalityGap = Money.Eur(3.41m),
        };
    }

    public static EvaluationReport Evaluation(int points) => new()
    {
        Metrics =
        [
            Metric.Of("AUC-ROC", 0.7657, 5210, interval: new Interval(0.7512, 0.7803, 0.95, "DeLong, logit scale")),
            Metric.Of("average precision", 0.4312, 5210, interval: new Interval(0.4021, 0.4611, 0.95, "bootstrap by entity, 1000 draws")),
            Metric.Of("log loss", 0.4287, 5210, MetricDirection.LowerIsBetter, new Interval(0.4161, 0.4413, 0.95, "normal")),
            Metric.Of("Brier score", 0.1351, 5210, MetricDirection.LowerIsBetter),
            Metric.Of("share of positives", 0.183, 5210, MetricDirection.Descriptive, new Interval(0.1727, 0.1937, 0.95, "Wilson"), "share"),
            Metric.Of("value at capacity", 7893.2, 5210, unit: "EUR"),
            Metric.Undefined("precision", "no row reaches the threshold of 0.95", 5210),
        ],
        Checks = [new CheckOutcome("value at budget", CheckStatus.Run, "one run of the policy on the test period"), new CheckOutcome("segments", CheckStatus.NotRun, "no segment column was given")],
        DecisionValue = Estimate(7893.2, 2102, 13684) with { Method = "outcomes of the holdout, effects' standard errors included" },
        PickedCalibration = Metric.Of("picked calibration", 1.043, 418, MetricDirection.Descriptive, new Interval(0.921, 1.178, 0.95, "Poisson")),
        ValueCurve = [.. Enumerable.Range(0, points + 1).Select(i => ValueAt(i * 2000 / points))],
        Reliability = [.. Enumerable.Range(0, 10).Select(Bin)],
        Roc = [.. Enumerable.Range(0, 100).Select(i => i / 99.0).Select(f => new RocPoint(f, Math.Pow(f, 0.31)))],
    };

    private static Decision Decide(int index)
    {
        bool call = index % 3 != 2 && index < 225;
        double probability = 0.78 - (0.0009 * index), value = 41.2 - (0.1 * index);
        return new Decision
        {
            Entity = index == 2 ? EntityKey.Composite("shop-12", 4711L) : new EntityKey($"C-{10000 + ((index * 7919) % 88000)}"),
            Intervention = call ? "phone call" : "voucher",
            NotBefore = Cutoff.AddDays(call ? 2 : 1),
            NotAfter = Cutoff.AddDays(14),
            Cutoff = Cutoff,
            Probability = probability,
            ValueAtStake = Money.FromDouble(320 - (0.4 * index), Currency.Eur),
            Cost = Money.Eur(call ? 9.5m : 4m),
            ExpectedValue = Estimate(value, value * 0.3, value * 1.7),
            Reasons = [$"no purchase for {40 + (index % 50)} days", "spends a third of last quarter", .. index % 4 == 0 ? new[] { "fee was raised in January" } : []],
        };
    }

    private static ValuePoint ValueAt(int contacts)
    {
        double x = contacts / 100.0, value = (6400 * Math.Sqrt(x)) - (1060 * x), spread = (180 + (95 * x)) * 2;
        return new ValuePoint(contacts, Money.Eur(6m * contacts), Estimate(contacts == 0 ? 0 : value, contacts == 0 ? 0 : value - (spread * 1.3), contacts == 0 ? 0 : value + (spread * 1.3)));
    }

    private static ReliabilityBin Bin(int index)
    {
        double predicted = 0.03 + (0.075 * index), observed = predicted * (1.08 - (0.02 * index));
        double half = 0.018 + (0.004 * index);
        return new ReliabilityBin(predicted, Metric.Of("observed", observed, 521, MetricDirection.Descriptive, new Interval(observed - half, observed + half, 0.95, "Wilson"), "share"));
    }

    private sealed class NoPredictor : IPredictor
    {
        public string Kind => "test.predictor";

        public void Score(FeatureTable table, Span<double> scores) => scores.Clear();
    }

    private sealed class NoCalibrator : ICalibrator
    {
        public string Kind => "test.calibrator";

        public double Calibrate(double score) => score;
    }
}
