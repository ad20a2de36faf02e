using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Features;

/// <summary>Saves a batch builder: its plan as JSON. The degree of parallelism is the host's, not the artifact's.</summary>
internal sealed class BatchFeatureBuilderCodec : IArtifactCodec
{
    public string Kind => BatchFeatureBuilder.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) =>
        writer.WritePayload(System.Text.Encoding.UTF8.GetBytes(((BatchFeatureBuilder)part).Plan.ToJson()));

    public IArtifactPart Read(IArtifactReader reader)
    {
        try
        {
            return new BatchFeatureBuilder(FeaturePlanJson.Read(reader.Payload.Span));
        }
        catch (MlSystemDesignException e)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }
}
