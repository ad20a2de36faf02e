namespace MlSystemDesign.Testing.Training;

/// <summary>Acts at the first progress that is reported, at once, and remembers how far the work was.</summary>
internal sealed class FirstReport(Action act) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();

    /// <summary>Gets the share that was done; <see langword="null"/> when nothing was reported.</summary>
    internal double? Share { get; private set; }

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (Share is null)
            {
                Share = value.Share;
                act();
            }
        }
    }
}
