namespace MlSystemDesign.Parquet;

/// <summary>The share of a build that is done, from 0 to 1, never falling: of each partition the rows read, then the features computed, then the part written.</summary>
/// <param name="progress">Is told; may be <see langword="null"/>.</param>
/// <param name="partitions">How many there are.</param>
/// <param name="rows">How many rows each reads; 0 when that is not known.</param>
internal sealed class PartitionProgress(IProgress<double>? progress, int partitions, long rows)
{
    private const double Reading = 0.8, Computing = 0.15;
    private readonly Lock _lock = new();
    private double _told = -1;

    /// <summary>Tells that so many partitions are done.</summary>
    public void Done(int count) => Tell((double)count / partitions);

    /// <summary>Follows the rows that the next partition reads.</summary>
    /// <param name="before">How many partitions are done.</param>
    public IProgress<long> OfReading(int before) => new Follower<long>(read => Tell((before + (rows > 0 ? Reading * Math.Min(1, (double)read / rows) : 0)) / partitions));

    /// <summary>Follows the features that the next partition computes.</summary>
    /// <param name="before">How many partitions are done.</param>
    public IProgress<double> OfComputing(int before) => new Follower<double>(share => Tell((before + Reading + (Computing * share)) / partitions));

    private void Tell(double share)
    {
        lock (_lock)
        {
            if (share > _told)
            {
                _told = share;
                progress?.Report(share);
            }
        }
    }

    // Not Progress<T>, which would report on another thread, later.
    private sealed class Follower<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
