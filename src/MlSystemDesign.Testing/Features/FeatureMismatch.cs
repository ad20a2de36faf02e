namespace MlSystemDesign.Testing.Features;

/// <summary>A value of a table is not what the definition of its feature says.</summary>
internal sealed class FeatureMismatch(string message) : MlSystemDesignException(message);
