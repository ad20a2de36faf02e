namespace MlSystemDesign.Features;

/// <summary>Why a journal cannot be used.</summary>
public enum FactJournalFault
{
    /// <summary>Bytes are not what was written, or a file is missing. Nothing after them is trusted, nothing is skipped.</summary>
    Damaged,

    /// <summary>It holds rows of other sources or columns.</summary>
    OtherSchema,

    /// <summary>A newer version of the library wrote it.</summary>
    Newer,

    /// <summary>Another journal has the folder open.</summary>
    InUse,

    /// <summary>A write failed. The journal takes no more rows until it is opened again, which finds out what the disk has.</summary>
    WriteFailed,
}
