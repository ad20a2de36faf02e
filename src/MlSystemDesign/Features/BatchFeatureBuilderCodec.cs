using System.Text;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Features;

/// <summary>Saves a batch builder: its plan as JSON, and the host's own aggregates as parts. The degree of parallelism is the host's, not the artifact's.</summary>
internal sealed class BatchFeatureBuilderCodec : IArtifactCodec
{
    public string Kind => BatchFeatureBuilder.ArtifactKind;

    /// <summary>Gets the version: 2 since windows are in words; the JSON reader reads both.</summary>
    public int Version => 2;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        FeaturePlan plan = ((BatchFeatureBuilder)part).Plan;
        writer.WritePayload(Encoding.UTF8.GetBytes(plan.ToJson()));
        int number = 0;
        foreach (IWindowAggregate aggregate in plan.CustomAggregates)
        {
            writer.WritePart(PartName(number++), aggregate);
        }
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        try
        {
            IWindowAggregate[] custom = [.. FeaturePlanJson.CustomNames(reader.Payload.Span).Select((_, i) => reader.ReadPart<IWindowAggregate>(PartName(i)))];
            return new BatchFeatureBuilder(FeaturePlanJson.Read(reader.Payload.Span, custom));
        }
        catch (MlSystemDesignException e) when (e is not ArtifactException)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }

    private static string PartName(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"aggregate-{number}");
}
