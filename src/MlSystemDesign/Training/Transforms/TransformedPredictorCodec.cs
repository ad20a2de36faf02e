using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a transformed predictor: both as parts of their own kinds.</summary>
internal sealed class TransformedPredictorCodec : IArtifactCodec
{
    public string Kind => TransformedPredictor.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        TransformedPredictor predictor = (TransformedPredictor)part;
        writer.WritePayload([]);
        writer.WritePart("transform", predictor.Transform);
        writer.WritePart("inner", predictor.Inner);
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        TrainingPayload.RequireEmpty(reader, Kind);
        return new TransformedPredictor(reader.ReadPart<IFittedTransform>("transform"), reader.ReadPart<IPredictor>("inner"));
    }
}
