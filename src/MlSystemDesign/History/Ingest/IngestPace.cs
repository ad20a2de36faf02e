namespace MlSystemDesign.History;

/// <summary>Lets a long ingest be watched and stopped.</summary>
internal sealed class IngestPace(IProgress<long>? progress, CancellationToken cancellationToken)
{
    private const int Stride = 4096;
    private long _rows;

    public CancellationToken CancellationToken => cancellationToken;

    public void Step()
    {
        if (++_rows % Stride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(_rows);
        }
    }

    /// <summary>Counts rows that were read together.</summary>
    public void Step(int rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows += rows;
        progress?.Report(_rows);
    }

    public void Finish()
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(_rows);
    }
}
