using System.Runtime.ExceptionServices;

namespace MlSystemDesign.Training;

/// <summary>Works on folds side by side; each writes to its own rows, so that the result does not depend on the number of threads.</summary>
internal static class FoldLoop
{
    internal static void Run(int folds, int degreeOfParallelism, Action<int> body, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException e)
        {
            // The caller sees the fault of the first fold, not that folds ran in parallel.
            Exception first = e.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Writes the values of a fold's rows to their places.</summary>
    internal static void Scatter(ReadOnlySpan<double> values, ReadOnlySpan<int> foldOfRow, int fold, double[] places)
    {
        int next = 0;
        for (int i = 0; i < foldOfRow.Length; i++)
        {
            if (foldOfRow[i] == fold)
            {
                places[i] = values[next++];
            }
        }
    }

    /// <summary>The values of a fold's rows, in row order.</summary>
    internal static double[] Gather(ReadOnlySpan<double> places, ReadOnlySpan<int> foldOfRow, int fold)
    {
        List<double> values = [];
        for (int i = 0; i < foldOfRow.Length; i++)
        {
            if (foldOfRow[i] == fold)
            {
                values.Add(places[i]);
            }
        }

        return [.. values];
    }
}
