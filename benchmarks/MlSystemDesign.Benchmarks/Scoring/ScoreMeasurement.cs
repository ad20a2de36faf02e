using System.Diagnostics;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Benchmarks.Scoring;

/// <summary>Scores the same rows with LightGBM and with this library, one thread each, in turns; then one by one, and from eight threads at once.</summary>
/// <param name="Name">The model.</param>
/// <param name="Native">LightGBM: CPU microseconds a row, per round.</param>
/// <param name="Ours">This library, from the same row-major matrix: CPU microseconds a row, per round.</param>
/// <param name="Table">This library, from a feature table: CPU microseconds a row, per round.</param>
/// <param name="Single">One row after the other: microseconds on the clock, sorted.</param>
/// <param name="SingleBytes">Allocated over all single rows.</param>
/// <param name="Compared">Margins compared with LightGBM's.</param>
/// <param name="Unequal">How many of them differ in any bit.</param>
/// <param name="Parallel">Scores from eight threads at once.</param>
/// <param name="ParallelWrong">How many of them differ in any bit from those of one thread.</param>
internal sealed record ScoreMeasurement(
    string Name, double[] Native, double[] Ours, double[] Table, double[] Single, long SingleBytes, long Compared, long Unequal, long Parallel, long ParallelWrong)
{
    private const int Threads = 8;

    internal static ScoreMeasurement Of(BoosterWorkload workload, int compared, int parallel, int repeats)
    {
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        const int Rows = BoosterWorkload.TrainingRows;
        TreePredictor predictor = (TreePredictor)workload.Model.Predictor;
        FeatureTable table = workload.Table(0, Rows);
        double[] margins = new double[Rows];
        List<double> native = [], ours = [], tables = [];
        for (int round = 0; round <= repeats; round++)
        {
            double[] times =
            [
                Time(() => workload.Booster.Margins(workload.Rows(Rows), Rows, BoosterWorkload.Columns)),
                Time(() => workload.Ensemble.Margins(workload.Rows(Rows), margins)),
                Time(() => predictor.Score(table, margins)),
            ];
            if (round > 0)
            {
                native.Add(times[0]);
                ours.Add(times[1]);
                tables.Add(times[2]);
            }
        }

        (double[] single, long bytes) = Singles(workload, predictor);
        (long all, long unequal) = Compare(workload, compared);
        return new ScoreMeasurement(
            $"{workload.Leaves} leaves, {(workload.Categorical ? "6 categorical" : "numeric")}", [.. native], [.. ours], [.. tables], single, bytes, all, unequal, parallel, Together(workload, predictor, parallel));
    }

    private static double Time(Action action) => Meter.Measure("", "", "", action).Cpu * 1e6 / BoosterWorkload.TrainingRows;

    private static (double[] Times, long Bytes) Singles(BoosterWorkload workload, TreePredictor predictor)
    {
        const int Rows = 20_000;
        double[] times = new double[Rows];
        long bytes = 0;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rows; i++)
            {
                long start = Stopwatch.GetTimestamp();
                predictor.Score(workload.Rows(Rows).Slice(i * BoosterWorkload.Columns, BoosterWorkload.Columns));
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(times);
        return (times, bytes);
    }

    // Rows that the model has not been trained on, made in blocks.
    private static (long Compared, long Unequal) Compare(BoosterWorkload workload, int rows)
    {
        const int Block = 50_000;
        long compared = 0, unequal = 0;
        double[] ours = new double[Block];
        for (int seed = 100; compared < rows; seed++)
        {
            double[] fresh = BoosterWorkload.Fresh(Block, seed), native = workload.Booster.Margins(fresh, Block, BoosterWorkload.Columns);
            workload.Ensemble.Margins(fresh, ours);
            for (int i = 0; i < Block; i++)
            {
                unequal += BitConverter.DoubleToInt64Bits(ours[i]) == BitConverter.DoubleToInt64Bits(native[i]) ? 0 : 1;
            }

            compared += Block;
        }

        return (compared, unequal);
    }

    private static long Together(BoosterWorkload workload, TreePredictor predictor, int scores)
    {
        const int Rows = 10_000;
        double[] values = workload.Rows(Rows).ToArray(), expected = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            expected[i] = predictor.Score(values.AsSpan(i * BoosterWorkload.Columns, BoosterWorkload.Columns));
        }

        long wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            long mine = 0;
            for (int n = 0; n < scores / Threads; n++)
            {
                int i = (int)(((n * 7919L) + (t * 1237)) % Rows);
                double score = predictor.Score(values.AsSpan(i * BoosterWorkload.Columns, BoosterWorkload.Columns));
                mine += BitConverter.DoubleToInt64Bits(score) == BitConverter.DoubleToInt64Bits(expected[i]) ? 0 : 1;
            }

            Interlocked.Add(ref wrong, mine);
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return wrong;
    }
}
