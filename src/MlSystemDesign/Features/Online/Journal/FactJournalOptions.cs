namespace MlSystemDesign.Features;

/// <summary>How a <see cref="FactJournal"/> writes.</summary>
public sealed class FactJournalOptions
{
    /// <summary>Gets or sets the size at which a segment is closed and the next one begun; a segment is larger by at most what one row takes.</summary>
    /// <value>Bytes, in [1 KiB, 1 GiB]. The default is 64 MiB.</value>
    public long SegmentBytes { get; set; } = 64L << 20;

    /// <summary>Gets or sets a value indicating whether an append forces its row to the disk before it returns, so that it survives a loss of power too.</summary>
    /// <value>The default is <see langword="false"/>: a row survives the end of the process, not that of the machine. Appends made at the same time share one flush.</value>
    public bool FlushToDisk { get; set; }

    /// <summary>Gets or sets what is called between the steps that touch files: tests stop there, as a kill would.</summary>
    internal Action<JournalStep>? Probe { get; set; }

    internal void Validate()
    {
        if (SegmentBytes is < 1L << 10 or > 1L << 30)
        {
            throw new ArgumentOutOfRangeException(
                nameof(SegmentBytes), SegmentBytes, $"{nameof(SegmentBytes)} must be between 1 KiB and 1 GiB. Got {SegmentBytes}. Leave it out for 64 MiB.");
        }
    }
}
