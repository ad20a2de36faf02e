namespace MlSystemDesign.Features;

/// <summary>Tells the share of rows done, in steps of a hundredth, never falling, from whichever thread gets there.</summary>
internal sealed class BuildProgress(IProgress<double>? progress, int rows)
{
    private readonly Lock _lock = new();
    private int _done;
    private int _told;

    internal void Add(int more)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _done += more;
            int hundredths = (int)(100L * _done / rows);
            if (hundredths > _told)
            {
                _told = hundredths;
                progress.Report(_done / (double)rows);
            }
        }
    }
}
