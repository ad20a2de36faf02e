namespace MlSystemDesign;

/// <summary>Why an artifact cannot be read or written.</summary>
public enum ArtifactFault
{
    /// <summary>The bytes are not an artifact, or were altered: a hash does not match.</summary>
    Corrupted,

    /// <summary>The file ends too early.</summary>
    Truncated,

    /// <summary>It was written by a newer version of the library or of a codec.</summary>
    Newer,

    /// <summary>No codec is registered for a part's kind.</summary>
    UnknownKind,

    /// <summary>A part is missing, or is of another type than the caller asked for.</summary>
    MissingPart,
}

/// <summary>An artifact cannot be read or written.</summary>
public sealed class ArtifactException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">The class of the fault.</param>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public ArtifactException(ArtifactFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Gets the class of the fault.</summary>
    public ArtifactFault Fault { get; }
}
