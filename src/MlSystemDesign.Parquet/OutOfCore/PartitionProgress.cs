namespace MlSystemDesign.Parquet;

/// <summary>The share of a build that is done, from 0 to 1, never falling: the sources copied to the folder, if they are; then, of each partition, the rows read, the features computed, the part
/// written.</summary>
/// <param name="progress">Is told; may be <see langword="null"/>.</param>
/// <param name="partitions">How many there are.</param>
/// <param name="rows">How many rows the sources have; 0 when that is not known.</param>
/// <param name="copies">Whether the sources are read once, into the folder, rather than once per partition.</param>
internal sealed class PartitionProgress(IProgress<double>? progress, int partitions, long rows, bool copies)
{
    private const double Copying = 0.5, Reading = 0.8, ReadingCopy = 0.3, Written = 0.05;
    private readonly double _copying = copies ? Copying : 0;
    private readonly double _reading = copies ? ReadingCopy : Reading;
    private readonly Lock _lock = new();
    private double _told = -1;

    /// <summary>Tells that so many partitions are done, and the sources copied.</summary>
    public void Done(int count) => Tell(ShareOf(count));

    /// <summary>Follows the rows that are copied.</summary>
    /// <param name="before">How many partitions are done.</param>
    public IProgress<long> OfCopying(int before) => new Follower<long>(read => Tell(ShareOf(before) - (_copying * (1 - Read(read)))));

    /// <summary>Follows the rows that the next partition reads.</summary>
    /// <param name="before">How many partitions are done.</param>
    public IProgress<long> OfReading(int before) => new Follower<long>(read => Tell(ShareOf(before + (_reading * Read(read)))));

    /// <summary>Follows the features that the next partition computes.</summary>
    /// <param name="before">How many partitions are done.</param>
    public IProgress<double> OfComputing(int before) => new Follower<double>(share => Tell(ShareOf(before + _reading + ((1 - _reading - Written) * share))));

    private double ShareOf(double count) => _copying + ((1 - _copying) * count / partitions);

    private double Read(long read) => rows > 0 ? Math.Min(1, (double)read / rows) : 0;

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
