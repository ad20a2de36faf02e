namespace MlSystemDesign.Features;

/// <summary>Gives tasks their places in a row.</summary>
internal sealed class RowLayout
{
    internal int Numbers { get; private set; }

    internal int Codes { get; private set; }

    /// <summary>Takes places for numbers.</summary>
    /// <returns>The first.</returns>
    internal int TakeNumbers(int count) => (Numbers += count) - count;

    /// <summary>Takes places for categories.</summary>
    /// <returns>The first.</returns>
    internal int TakeCodes(int count) => (Codes += count) - count;
}
