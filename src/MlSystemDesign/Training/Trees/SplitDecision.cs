namespace MlSystemDesign.Training.Trees;

/// <summary>Which way a value goes at a split, of every kind.</summary>
internal static class SplitDecision
{
    internal static bool GoesRight(NodeKind kind, double threshold, uint[]? categories, double value)
    {
        if ((kind & NodeKind.Categorical) != 0)
        {
            return double.IsNaN(value) ? (kind & NodeKind.MissingLeft) == 0 : !InSet(categories!, value);
        }

        bool missing = double.IsNaN(value) || ((kind & NodeKind.ZeroIsMissing) != 0 && Math.Abs(value) <= TreeEnsemble.ZeroThreshold);
        return missing ? (kind & NodeKind.MissingLeft) == 0 : value > threshold;
    }

    private static bool InSet(uint[] bits, double value)
    {
        // (int)value as in C: toward zero, so that −0.5 is category 0. Written so that NaN fails.
        if (!(value > -1 && value < bits.Length * 32.0))
        {
            return false;
        }

        int category = (int)value;
        return (bits[category >> 5] >> (category & 31) & 1) != 0;
    }
}
