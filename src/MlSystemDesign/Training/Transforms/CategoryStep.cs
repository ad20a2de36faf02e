using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>What was fitted to one category column.</summary>
/// <param name="Column">Its position in the input.</param>
/// <param name="Kept">The codes that have a column of their own, ascending.</param>
/// <param name="Other">Whether the remaining codes share a column.</param>
/// <param name="Missing">Whether missing has a column.</param>
internal sealed record CategoryStep(int Column, int[] Kept, bool Other, bool Missing)
{
    // A linear model of so many columns takes minutes per step, and its rows memory that few machines have.
    private const int MostKept = 2000;

    /// <summary>Fits a step to each category column of a table.</summary>
    /// <exception cref="TrainingException">Too many levels would get a column, over all columns together.</exception>
    internal static CategoryStep[] FitAll(FeatureTable table, int minCount)
    {
        CategoryStep[] steps = [.. Enumerable.Range(0, table.Schema.Count).Where(c => table.Schema[c].Kind == ColumnKind.Category).Select(c => Fit(c, table.Schema[c], table.Codes(c), minCount))];
        int kept = steps.Sum(step => step.Kept.Length);
        if (kept > MostKept)
        {
            CategoryStep widest = steps.MaxBy(step => step.Kept.Length)!;
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"At most {MostKept} levels of categories may have a column of their own. Got {kept} with {minCount} or more rows each, {widest.Kept.Length} of them in '{table.Schema[widest.Column].Name}'. Raise MinCategoryCount, put a TargetStatisticTransform in front, or use LightGbmTrainer."));
        }

        return steps;
    }

    private static CategoryStep Fit(int column, FeatureColumn source, ReadOnlySpan<int> codes, int minCount)
    {
        int levels = source.Levels.Count;
        int[] counts = new int[levels];
        int missing = 0;
        foreach (int code in codes)
        {
            if (code < 0)
            {
                missing++;
            }
            else
            {
                counts[code]++;
            }
        }

        int rows = codes.Length, other = counts.Where(n => n < minCount).Sum();
        int[] kept = [.. Enumerable.Range(0, levels).Where(code => counts[code] >= minCount && counts[code] < rows)];
        return new CategoryStep(column, kept, other > 0 && other < rows, missing > 0 && missing < rows);
    }

    /// <summary>The names of the columns of <see cref="Encode"/>, and what they say.</summary>
    internal IEnumerable<(string Name, string What)> Names(FeatureColumn source)
    {
        foreach (int code in Kept)
        {
            yield return ($"{source.Name}={source.Levels[code]}", "1 for this level");
        }

        if (Other)
        {
            yield return (source.Name + "=(other)", "1 for a rare level");
        }

        if (Missing)
        {
            yield return (source.Name + "=(missing)", "1 where missing");
        }
    }

    internal bool Fits(FeatureSchema input) => Kept.All(code => code >= 0 && code < input[Column].Levels.Count) && Kept.Zip(Kept.Skip(1)).All(pair => pair.First < pair.Second);

    internal IEnumerable<double[]> Encode(int[] codes)
    {
        foreach (int level in Kept)
        {
            yield return Where(codes, code => code == level);
        }

        if (Other)
        {
            HashSet<int> kept = [.. Kept];
            yield return Where(codes, code => code >= 0 && !kept.Contains(code));
        }

        if (Missing)
        {
            yield return Where(codes, code => code < 0);
        }
    }

    private static double[] Where(int[] codes, Func<int, bool> holds)
    {
        double[] column = new double[codes.Length];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = holds(codes[i]) ? 1 : 0;
        }

        return column;
    }
}
