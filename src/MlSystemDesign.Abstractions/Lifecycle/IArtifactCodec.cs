namespace MlSystemDesign;

/// <summary>Writes and reads the parts of one kind.</summary>
/// <remarks>Stateless and safe for concurrent use. Equal parts give equal bytes.</remarks>
public interface IArtifactCodec
{
    /// <summary>Gets the kind of the parts.</summary>
    string Kind { get; }

    /// <summary>Gets the version of the payload that <see cref="Write"/> produces, from 1. Older ones are read, newer ones refused.</summary>
    int Version { get; }

    /// <summary>Writes a part.</summary>
    /// <param name="part">A part of this kind.</param>
    /// <param name="writer">Takes the payload, and parts inside this part.</param>
    void Write(IArtifactPart part, IArtifactWriter writer);

    /// <summary>Reads a part.</summary>
    /// <param name="reader">Gives the payload, its version, and the parts inside this part.</param>
    /// <exception cref="ArtifactException">The payload is not what this codec writes.</exception>
    IArtifactPart Read(IArtifactReader reader);
}

/// <summary>Takes what a codec writes.</summary>
public interface IArtifactWriter
{
    /// <summary>Sets the payload of the part.</summary>
    /// <param name="payload">Any bytes; equal parts must give equal bytes.</param>
    void WritePayload(ReadOnlySpan<byte> payload);

    /// <summary>Writes a part inside this part.</summary>
    /// <param name="name">A name that is unique within the part; letters, digits and dashes.</param>
    /// <param name="part">The part; its kind must have a codec.</param>
    void WritePart(string name, IArtifactPart part);
}

/// <summary>Gives what a codec reads.</summary>
public interface IArtifactReader
{
    /// <summary>Gets the version of the payload: at most the codec's own.</summary>
    int Version { get; }

    /// <summary>Gets the payload, its hash already checked.</summary>
    ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Reads a part inside this part.</summary>
    /// <typeparam name="TPart">The type that the caller needs.</typeparam>
    /// <param name="name">The name that it was written under.</param>
    /// <exception cref="ArtifactException">There is none, or it is of another type.</exception>
    TPart ReadPart<TPart>(string name)
        where TPart : IArtifactPart;
}
