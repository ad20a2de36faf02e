namespace MlSystemDesign.Lifecycle;

/// <summary>Why a ledger cannot be used.</summary>
public enum LedgerFault
{
    /// <summary>A line that is not the last one was altered. Nothing after it is trusted, nothing is skipped.</summary>
    Corrupted,

    /// <summary>A newer version of the library wrote it.</summary>
    Newer,

    /// <summary>Another writer has it open.</summary>
    InUse,

    /// <summary>A write failed and could not be undone; the ledger must be opened again.</summary>
    WriteFailed,
}

/// <summary>A ledger cannot be opened, read or written.</summary>
public sealed class LedgerException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">The class of the fault.</param>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="path">The file.</param>
    /// <param name="line">The 1-based line, when the fault is in one.</param>
    /// <param name="byteOffset">Where that line starts, in bytes from the start of the file.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public LedgerException(LedgerFault fault, string message, string path, long? line = null, long? byteOffset = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        Path = path;
        Line = line;
        ByteOffset = byteOffset;
    }

    /// <summary>Gets the class of the fault.</summary>
    public LedgerFault Fault { get; }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the 1-based line, or <see langword="null"/> when the fault is not in one line.</summary>
    public long? Line { get; }

    /// <summary>Gets where the line starts, in bytes from the start of the file, or <see langword="null"/>.</summary>
    public long? ByteOffset { get; }
}
