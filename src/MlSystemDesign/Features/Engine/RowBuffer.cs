namespace MlSystemDesign.Features;

/// <summary>The results of the tasks for one row, and scratch memory for computing them. One per thread.</summary>
/// <param name="places">Number and category results each have as many places, laid out by <see cref="RowLayout"/>.</param>
internal sealed class RowBuffer(RowLayout places)
{
    private double[] _sorted = [];

    internal double[] Numbers { get; } = new double[places.Numbers];

    internal int[] Codes { get; } = new int[places.Codes];

    internal CategoryCounts Counts { get; } = new();

    /// <summary>Returns memory for as many values; what it held is gone.</summary>
    internal Span<double> Sorting(int count) => FactSet.Sized(ref _sorted, count).AsSpan(0, count);
}

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
