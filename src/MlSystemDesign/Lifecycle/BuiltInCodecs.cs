using MlSystemDesign.Decisions;

namespace MlSystemDesign.Lifecycle;

/// <content>The codecs of this package's own parts.</content>
public sealed partial class ArtifactCodecs
{
    /// <summary>Gets the codecs of this package's own parts.</summary>
    public static ArtifactCodecs Default { get; } = new([new TrainedSystemCodec(), new TrainedModelCodec(), new BudgetedPolicyCodec()]);
}
