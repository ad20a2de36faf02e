namespace MlSystemDesign.Features;

/// <summary>A journal cannot be opened, read or written.</summary>
public sealed class FactJournalException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">The class of the fault.</param>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="byteOffset">Where in the file, when the fault is in one place.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public FactJournalException(FactJournalFault fault, string message, string path, long? byteOffset = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        Path = path;
        ByteOffset = byteOffset;
    }

    /// <summary>Gets the class of the fault.</summary>
    public FactJournalFault Fault { get; }

    /// <summary>Gets the file or folder.</summary>
    public string Path { get; }

    /// <summary>Gets where the faulty bytes start, from the start of the file, or <see langword="null"/>.</summary>
    public long? ByteOffset { get; }
}
