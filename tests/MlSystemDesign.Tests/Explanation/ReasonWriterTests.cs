using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;
using Xunit.Abstractions;

namespace MlSystemDesign.Tests.Explanation;

public sealed class ReasonWriterTests(ITestOutputHelper output)
{
    private static readonly FeatureSchema Schema = new(
    [
        new FeatureColumn { Name = "days since purchase", Kind = ColumnKind.Number, Unit = "d", Group = "activity" },
        new FeatureColumn { Name = "visits", Kind = ColumnKind.Number, Group = "activity" },
        new FeatureColumn { Name = "plan", Kind = ColumnKind.Category, Levels = ["basic", "gold"] },
    ]);

    [Fact]
    public void Write_OfARow_WordsItsLargestReasonsByBusinessFeature()
    {
        IReadOnlyList<Reason> reasons = Write(ReasonTemplates.English, [2, -0.5, -0.25])[0];

        reasons.Select(r => r.Text).Should().Equal("days since purchase is 47 days: raises the probability by 33.9 points", "plan is gold: lowers the probability by 4.0 points");
        (reasons[0].Feature, reasons[0].Attribution).Should().Be(("activity", 1.5));
        reasons[0].PredictionChange.Should().BeApproximately((1 / (1 + Math.Exp(-1.25))) - (1 / (1 + Math.Exp(0.25))), 1e-15);
    }

    [Fact]
    public void Write_InDutch_UsesItsWordsAndComma() => Write(ReasonTemplates.Dutch, [2, -0.5, -0.25])[0][0].Text.Should().Be("days since purchase is 47 dagen: verhoogt de kans met 33,9 procentpunt");

    [Fact]
    public void Write_OfAFeatureThatDidNothing_LeavesItOut() => Write(ReasonTemplates.English, [1, 0, 0])[0].Should().ContainSingle();

    [Fact]
    public void Write_WithTemplatesOfAFile_UsesThem()
    {
        ReasonTemplates german = ReasonTemplates.Parse("""{ "raises": "{feature}: +{points}", "lowers": "{feature} ({value}): -{points}", "missing": "fehlt", "decimalSeparator": "," }""");

        Write(german, [2, -0.5, -0.25])[0].Select(r => r.Text).Should().Equal("activity: +33,9", "plan (gold): -4,0");
    }

    [Fact]
    public void Parse_OfAFileWithoutAWord_SaysWhatMustStandInIt()
    {
        Action act = () => ReasonTemplates.Parse("""{ "raises": "x" }""");

        act.Should().Throw<DataFormatException>().WithMessage("A template file must be a JSON object with raises, lowers and missing. It is not: *");
    }

    [Fact]
    public void Write_OfGroupedAttributions_IsRefused()
    {
        AttributionTable grouped = Attributions([1, 2, 3]).ByGroup();

        Action act = () => new ReasonWriter(Model()).Write(grouped, Rows());

        act.Should().Throw<ArgumentException>().WithMessage("*(1 × 3). Got 1 × 2. Explain the rows, and do not group.*");
    }

    [Fact]
    public void Write_OfOtherRows_IsRefused()
    {
        FeatureTable others = new(ObservationSet.WithoutTime(["other"]), Schema, [new double[] { 1 }, new double[] { 2 }, default], [default, default, new[] { 1 }]);

        Action act = () => new ReasonWriter(Model()).Write(Attributions([1, 2, 3]), others);

        act.Should().Throw<ArgumentException>().WithMessage("The attributions must be those of the rows, in their order. *");
    }

    [Fact]
    public void Write_OfAFeatureWhoseLargestColumnPullsTheOtherWay_NamesTheOneThatPulledThisWay()
    {
        Reason reason = Write(ReasonTemplates.English, [-0.5, 0.6, 0])[0][0];

        (reason.Column, reason.Text).Should().Be(("visits", "visits is missing: raises the probability by 2.5 points"));
    }

    [BoosterSharedDataFact(TelcoChurn.File)]
    public async Task Write_OfTheLikeliestChurnersOfTelco_NamesWhatIsKnownToDriveChurn()
    {
        TrainedModel model = (await new LightGbmTrainer().TrainAsync(TelcoChurn.Set, TrainingSamples.Context())).Model;
        double[] predictions = model.Predict(TelcoChurn.Set.Features);
        int[] top = [.. Enumerable.Range(0, predictions.Length).OrderByDescending(i => predictions[i]).Take(10)];
        FeatureTable rows = TelcoChurn.Set.Features.SelectRows(top);

        IReadOnlyList<IReadOnlyList<Reason>> reasons = new ReasonWriter(model, TelcoWords, most: 4).Write(ModelExplainer.PathDependent(model).Explain(rows), rows);

        for (int i = 0; i < top.Length; i++)
        {
            output.WriteLine(FormattableString.Invariant($"{predictions[top[i]]:0.000}  {string.Join("; ", reasons[i].Select(r => r.Text))}"));
        }

        // Month-to-month contracts and short tenures are the known drivers of this table.
        reasons.Should().OnlyContain(r => r.Any(one => one.Column == "Contract" && one.Value == "Month-to-month" && one.Attribution > 0));
    }

    private static ReasonTemplates TelcoWords => (ReasonTemplates.English with { Outcome = "risk of leaving" })
        .ForColumn("Contract", new ColumnWords
        {
            Is = "{value} contract",
            Levels = new Dictionary<string, string> { ["Month-to-month"] = "contract by the month", ["One year"] = "contract of one year", ["Two year"] = "contract of two years" },
        })
        .ForColumn("tenure", new ColumnWords { Is = "customer for {number} months", One = "customer for one month", Zero = "new customer" })
        .ForColumn("MonthlyCharges", "{number} dollars a month")
        .ForColumn("TotalCharges", "{number} dollars paid so far")
        .ForColumn("InternetService", new ColumnWords { Is = "{value} internet", Levels = new Dictionary<string, string> { ["No"] = "no internet", ["Fiber optic"] = "fibre internet" } })
        .ForColumn("OnlineSecurity", new ColumnWords { Is = "online security: {value}", Levels = new Dictionary<string, string> { ["No"] = "no online security", ["Yes"] = "online security" } })
        .ForColumn("TechSupport", new ColumnWords { Is = "support: {value}", Levels = new Dictionary<string, string> { ["No"] = "no support contract", ["Yes"] = "support contract" } })
        .ForColumn("PaymentMethod", new ColumnWords { Is = "pays by {value}", Levels = new Dictionary<string, string> { ["Electronic check"] = "pays by electronic check" } });

    private static IReadOnlyList<IReadOnlyList<Reason>> Write(ReasonTemplates templates, double[] attributions) =>
        new ReasonWriter(Model(), templates).Write(Attributions(attributions), Rows());

    private static AttributionTable Attributions(double[] values) => new(Rows().Observations, Schema, 0, [values.Sum()], values, AttributionMethod.Interventional);

    private static TrainedModel Model() => new("test", TargetKind.Probability, Schema, new IdlePredictor(), new SigmoidCalibrator());

    private static FeatureTable Rows() => new(
        ObservationSet.WithoutTime(["e"]), Schema, [new double[] { 47.5 }, new double[] { double.NaN }, default], [default, default, new[] { 1 }]);

    private sealed class IdlePredictor : IPredictor
    {
        public string Kind => "predictor.idle";

        public void Score(FeatureTable table, Span<double> scores) => scores.Clear();
    }
}
