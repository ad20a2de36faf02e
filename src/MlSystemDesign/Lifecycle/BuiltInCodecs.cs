using MlSystemDesign.Decisions;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.Monitoring;
using MlSystemDesign.Training;

namespace MlSystemDesign.Lifecycle;

/// <content>The codecs of this package's own parts.</content>
public sealed partial class ArtifactCodecs
{
    /// <summary>Gets the codecs of this package's own parts.</summary>
    public static ArtifactCodecs Default { get; } = new(
    [
        new TrainedSystemCodec(),
        new TrainedModelCodec(),
        new EventFrameCodec(),
        new BatchFeatureBuilderCodec(),
        .. TrainingCodecs.All,
        new BudgetedPolicyCodec(),
        new DriftReferenceCodec(),
        new ReasonSettingsCodec(),
    ]);
}
