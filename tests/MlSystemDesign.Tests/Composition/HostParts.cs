using System.Globalization;
using System.Text;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Composition;

/// <summary>A host's own trainer: silence beyond a limit, found on the training rows, is churn.</summary>
internal sealed class RecencyRuleTrainer : IModelTrainer
{
    public string Name => "recency rule";

    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        double[] silence = training.Features.Numbers("recency").ToArray();
        RecencyRule rule = new(silence.Where(double.IsFinite).Average());
        TrainedModel model = new(Name, TargetKind.Probability, new FeatureSchema([training.Features.Schema[training.Features.Schema.Require("recency")]]), rule, new SigmoidCalibrator());
        double[] outOfFold = model.Predict(training.Features);
        return ValueTask.FromResult(new TrainingResult { Model = model, OutOfFold = outOfFold, Objective = context.Objective.Measure(outOfFold, training) });
    }
}

/// <summary>The host's own predictor.</summary>
internal sealed record RecencyRule(double Limit) : IPredictor
{
    public string Kind => "test.recency-rule";

    public void Score(FeatureTable table, Span<double> scores)
    {
        ReadOnlySpan<double> silence = table.Numbers("recency");
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = double.IsNaN(silence[i]) ? 0 : (silence[i] - Limit) / 10;
        }
    }

    internal sealed class Codec : IArtifactCodec
    {
        public string Kind => "test.recency-rule";

        public int Version => 1;

        public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(Encoding.UTF8.GetBytes(((RecencyRule)part).Limit.ToString("R", CultureInfo.InvariantCulture)));

        public IArtifactPart Read(IArtifactReader reader) => new RecencyRule(double.Parse(Encoding.UTF8.GetString(reader.Payload.Span), CultureInfo.InvariantCulture));
    }
}

/// <summary>A builder that counts all events, future ones included: what a guard must find.</summary>
internal sealed class FutureCount : IFeatureBuilder
{
    public string Kind => "test.future-count";

    public FeatureSchema Schema { get; } = new(
    [
        new FeatureColumn { Name = "events", Kind = ColumnKind.Number },
        new FeatureColumn { Name = "euros_sum_90d", Kind = ColumnKind.Number },
    ]);

    public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
    {
        double[] counts = [.. observations.Select(o => (double)history.LookAhead.ReadAll(o.Entity)["orders"].Count)];
        return ValueTask.FromResult(new FeatureTable(observations, Schema, [counts, counts], [default, default]));
    }
}

/// <summary>Runs a test in another culture.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly CultureInfo? _threads = CultureInfo.DefaultThreadCurrentCulture;

    public CultureScope(string culture) => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        CultureInfo.DefaultThreadCurrentCulture = _threads;
    }
}
