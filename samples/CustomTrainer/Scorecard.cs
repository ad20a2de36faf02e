using System.Text.Json;
using MlSystemDesign;

namespace CustomTrainer;

/// <summary>The inside of the host's model: the edges of the bands and the probability of each; the last one is for missing values.</summary>
public sealed record Scorecard(double[] Edges, double[] Probabilities) : IPredictor
{
    public const string ArtifactKind = "sample.scorecard";

    public string Kind => ArtifactKind;

    public void Score(FeatureTable table, Span<double> scores)
    {
        ReadOnlySpan<double> values = table.Numbers(0);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Probabilities[BandOf(values[i], Edges)];
        }
    }

    internal static int BandOf(double value, double[] edges) => double.IsNaN(value) ? edges.Length + 1 : edges.Count(e => value >= e);
}

/// <summary>Scores that are probabilities already.</summary>
public sealed record AsItIs : ICalibrator
{
    public const string ArtifactKind = "sample.as-it-is";

    public string Kind => ArtifactKind;

    public double Calibrate(double score) => score;
}

/// <summary>Saves and reads the scorecard; registered once with AddArtifactCodec.</summary>
public sealed class ScorecardCodec : IArtifactCodec
{
    public string Kind => Scorecard.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes((Scorecard)part));

    public IArtifactPart Read(IArtifactReader reader) => JsonSerializer.Deserialize<Scorecard>(reader.Payload.Span)
        ?? throw new ArtifactException(ArtifactFault.Corrupted, "A scorecard must not be null. Got null. Save the system again.");
}

/// <summary>The calibrator has nothing to save but its kind.</summary>
public sealed class AsItIsCodec : IArtifactCodec
{
    public string Kind => AsItIs.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
    }

    public IArtifactPart Read(IArtifactReader reader) => new AsItIs();
}
