using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Monitoring;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Explanation.Global;

/// <summary>Attributions that are made up, so that what must come out is known.</summary>
internal static class GlobalSamples
{
    public static readonly FeatureSchema Schema = new(
    [
        new FeatureColumn { Name = "days", Kind = ColumnKind.Number, Unit = "d", Group = "activity" },
        new FeatureColumn { Name = "visits", Kind = ColumnKind.Number, Group = "activity" },
        new FeatureColumn { Name = "plan", Kind = ColumnKind.Category, Levels = ["basic", "gold", "silver"] },
        new FeatureColumn { Name = "idle", Kind = ColumnKind.Number },
    ]);

    public static TrainedModel Model { get; } = new("test", TargetKind.Probability, Schema, new IdlePredictor(), new SigmoidCalibrator());

    public static FeatureTable Table(ObservationSet rows, double[] days, double[] visits, int[] plan) =>
        new(rows, Schema, [days, visits, default, new double[days.Length]], [default, default, plan, default]);

    /// <summary>Attributions of rows, four to a row; the score is their sum.</summary>
    public static AttributionTable Attributions(FeatureTable rows, double[] values, double baseValue = 0) => new(
        rows.Observations, Schema, baseValue, [.. values.Chunk(4).Select(row => baseValue + row.Sum())], values, AttributionMethod.PathDependent, CoverKind.Counts);

    /// <summary>Entities with several rows each that have much in common, and attributions that follow the values.</summary>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="entities">How many entities.</param>
    /// <param name="each">Rows of each.</param>
    /// <param name="scale">What the attribution of "days" is multiplied by.</param>
    /// <param name="first">The first entity's number.</param>
    public static (AttributionTable Attributions, FeatureTable Rows) Draw(int seed, int entities, int each = 1, double scale = 1, int first = 0)
    {
        int n = entities * each;
        Random random = new(seed);
        double[] common = DriftMonitorTests.Normal(random.Next(), entities), own = DriftMonitorTests.Normal(random.Next(), n), visits = DriftMonitorTests.Normal(random.Next(), n);
        double[] days = [.. Enumerable.Range(0, n).Select(i => Math.Exp((0.9 * common[i / each]) + (0.3 * own[i])))];
        int[] plan = [.. Enumerable.Range(0, n).Select(_ => random.Next(4) - 1)];
        ObservationSet rows = ObservationSet.Of(
            [.. Enumerable.Range(0, n).Select(i => new EntityKey((long)(first + (i / each))))], [.. Enumerable.Range(0, n).Select(i => (long)(i % each) * TimeSpan.TicksPerDay)]);
        FeatureTable table = Table(rows, days, visits, plan);
        return (Attributions(table, [.. Enumerable.Range(0, n).SelectMany(i => (double[])[scale * (days[i] - 1.5), 0.2 * visits[i] * visits[i], plan[i] == 1 ? -0.7 : 0.1, 0])]), table);
    }

    public static GlobalExplanation Explain((AttributionTable Attributions, FeatureTable Rows) batch, GlobalExplainerOptions? options = null)
    {
        AttributionSummary summary = new(Model, batch.Rows, options);
        summary.Add(batch.Attributions, batch.Rows);
        return summary.ToExplanation();
    }

    private sealed class IdlePredictor : IPredictor
    {
        public string Kind => "predictor.idle";

        public void Score(FeatureTable table, Span<double> scores) => scores.Clear();
    }
}
