namespace MlSystemDesign.Training.Boosting;

/// <summary>The training and validation rows of each fold, ascending.</summary>
internal sealed class FoldRows
{
    private FoldRows(int[][] train, int[][] validation)
    {
        Train = train;
        Validation = validation;
    }

    public int[][] Train { get; }

    public int[][] Validation { get; }

    public int Count => Train.Length;

    /// <summary>Splits rows by their fold number: 0, 1, … without gaps, at least two folds.</summary>
    /// <exception cref="ArgumentException">The numbers do not make folds, or a fold would train on one class.</exception>
    public static FoldRows Of(BoostingData data, ReadOnlySpan<int> folds)
    {
        if (folds.Length != data.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Fold numbers must be one per row. Got {folds.Length} for {data.Rows} rows. Assign every row to a fold."), nameof(folds));
        }

        int least = int.MaxValue;
        int most = int.MinValue;
        foreach (int fold in folds)
        {
            least = Math.Min(least, fold);
            most = Math.Max(most, fold);
        }

        if (least < 0 || most < 1 || most >= data.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Fold numbers must be 0, 1, … of at least two folds. Got {least} to {most}. Number the folds from 0."), nameof(folds));
        }

        int[][] train = new int[most + 1][];
        int[][] validation = new int[most + 1][];
        for (int f = 0; f <= most; f++)
        {
            validation[f] = RowsWhere(folds, f, inFold: true);
            train[f] = RowsWhere(folds, f, inFold: false);
            Check(data, f, train[f], validation[f]);
        }

        return new FoldRows(train, validation);
    }

    private static int[] RowsWhere(ReadOnlySpan<int> folds, int fold, bool inFold)
    {
        List<int> rows = [];
        for (int i = 0; i < folds.Length; i++)
        {
            if ((folds[i] == fold) == inFold)
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    private static void Check(BoostingData data, int fold, int[] train, int[] validation)
    {
        int positives = train.Count(row => data.Label(row) > 0);
        bool oneClass = data.Target == TargetKind.Probability && (positives == 0 || positives == train.Length);
        if (validation.Length == 0 || oneClass)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Every fold must have rows, and the rows outside it both classes. Got fold {fold} with {validation.Length} rows, ") +
                FormattableString.Invariant($"and {positives} positives among the other {train.Length}. ") +
                "Use fewer folds, or spread the rarer class over them.");
        }
    }
}
