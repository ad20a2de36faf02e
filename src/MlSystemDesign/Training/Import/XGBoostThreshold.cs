namespace MlSystemDesign.Training.Import;

/// <summary>Turns the split condition of XGBoost into the threshold of a tree of ours.</summary>
internal static class XGBoostThreshold
{
    /// <summary>The number t for which "value ≤ t" says for every double what XGBoost's "(float)value &lt; condition" says.</summary>
    /// <param name="condition">The split condition, finite.</param>
    /// <remarks>
    /// (float)value is below the condition when it is at most the float before it, so the border lies half way between the two. On the border
    /// itself the conversion goes to the one of the two whose last bit is 0.
    /// </remarks>
    internal static double Of(float condition)
    {
        float before = MathF.BitDecrement(condition);

        // Past the last float lies infinity; conversion rounds there as if the next power of two were a float.
        double low = float.IsNegativeInfinity(before) ? -Math.ScaleB(1, 128) : before;
        double border = low + ((condition - low) / 2);
        bool borderIsLeft = (BitConverter.SingleToUInt32Bits(before) & 1) == 0;
        return borderIsLeft ? border : Math.BitDecrement(border);
    }
}
