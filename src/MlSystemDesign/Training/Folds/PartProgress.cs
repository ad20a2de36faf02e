namespace MlSystemDesign.Training;

/// <summary>Reports the progress of one of several equal parts.</summary>
internal sealed class PartProgress(IProgress<TrainingProgress> progress, int index, int count) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => progress.Report(value with { Share = (index + value.Share) / count });
}
