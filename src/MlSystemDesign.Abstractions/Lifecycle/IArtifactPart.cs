namespace MlSystemDesign;

/// <summary>Something that can be saved with a trained system. Its kind names the codec that writes and reads it: a string, never a type name.</summary>
public interface IArtifactPart
{
    /// <summary>Gets the kind, such as "frame.event" or "acme.predictor"; lower case, letters, digits, dots and dashes.</summary>
    string Kind { get; }
}
