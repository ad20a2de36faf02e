namespace MlSystemDesign.Training.LightGbm;

/// <summary>How many leaves a tree may have where the options leave it open.</summary>
internal static class LeavesRule
{
    private const int RowsPerLeaf = 400, Fewest = 6, Most = 15;

    /// <summary>What the options say, else a four-hundredth of the training rows, within [6, 15].</summary>
    /// <remarks>About six leaves are what boosting needs where rows are few: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, section 10.11.</remarks>
    public static int Of(int? option, int rows) => option ?? Math.Clamp(rows / RowsPerLeaf, Fewest, Most);
}
