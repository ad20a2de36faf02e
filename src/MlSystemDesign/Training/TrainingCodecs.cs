using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training;

/// <summary>The codecs of all parts of a trained model that this folder makes.</summary>
internal static class TrainingCodecs
{
    internal static IReadOnlyList<IArtifactCodec> All { get; } =
    [
        new StandardTransformCodec(), new LinearPredictorCodec(), new TreePredictorCodec(),
        new PlattCalibratorCodec(), new IsotonicCalibratorCodec(), new PlainCalibratorCodec(SigmoidCalibrator.ArtifactKind, () => new SigmoidCalibrator()),
        new PlainCalibratorCodec(IdentityCalibrator.ArtifactKind, () => new IdentityCalibrator()), new PlainCalibratorCodec(ExponentialCalibrator.ArtifactKind, () => new ExponentialCalibrator()),
        new BetaCalibratorCodec(), new TemperatureCalibratorCodec(), new PriorShiftCalibratorCodec(),
        new ConstantPredictorCodec(), new RulePredictorCodec(),
        new ColumnTransformCodec(), new PipelineCodec(), new TransformedPredictorCodec(),
        new ColumnSegmentsCodec(), new SegmentedPredictorCodec(),
    ];
}
