namespace MlSystemDesign.Training.Trees;

/// <summary>Saves boosted trees in the binary form of <see cref="TreeEnsembleFormat"/>.</summary>
internal sealed class TreePredictorCodec : IArtifactCodec
{
    public string Kind => TreePredictor.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(TreeEnsembleFormat.Write(((TreePredictor)part).Ensemble));

    public IArtifactPart Read(IArtifactReader reader) =>
        TrainingPayload.Checked(Kind, () => new TreePredictor(TreeEnsembleFormat.Read(reader.Payload.Span)));
}
