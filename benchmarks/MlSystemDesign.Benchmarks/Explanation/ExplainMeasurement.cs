using System.Diagnostics;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Explanation;
using MlSystemDesign.Explanation.Trees;
using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Benchmarks.Explanation;

/// <summary>Explains the same rows with the library that trained the model and with this one, one thread each, in turns.</summary>
/// <param name="Subject">The model.</param>
/// <param name="LongestPath">The most features that decide together on a path.</param>
/// <param name="Native">The other library: CPU microseconds a row, per round.</param>
/// <param name="Ours">This library: CPU microseconds a row, per round, score and check included.</param>
/// <param name="Single">Score and explanation of a table of one row: microseconds on the clock, sorted.</param>
/// <param name="MaxDifference">Over all rows and columns, and the base values.</param>
/// <param name="TableBytes">The tables of the explainer.</param>
/// <param name="BuildMilliseconds">To make the explainer.</param>
internal sealed record ExplainMeasurement(
    ExplainSubject Subject, int LongestPath, double[] Native, double[] Ours, double[] Single, double MaxDifference, long TableBytes, double BuildMilliseconds)
{
    internal static ExplainMeasurement Of(ExplainSubject subject, int rows, int repeats)
    {
        FeatureTable table = subject.Table(0, rows);
        long start = Stopwatch.GetTimestamp();
        ModelExplainer explainer = ModelExplainer.PathDependent(subject.Model);
        double build = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        QuadratureTreeShap kernel = new(subject.Ensemble);
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        explainer.Explain(table);
        AttributionTable ours = explainer.Explain(table);
        double[] native = subject.Native(rows);
        List<double> nativeTimes = [], ourTimes = [];
        for (int i = 0; i < repeats; i++)
        {
            nativeTimes.Add(Time(rows, () => subject.Native(rows)));
            ourTimes.Add(Time(rows, () => explainer.Explain(table)));
        }

        return new ExplainMeasurement(
            subject, kernel.LongestPath, [.. nativeTimes], [.. ourTimes], Singles(subject, explainer), Difference(ours, native), kernel.TableBytes, build);
    }

    private static double Time(int rows, Action action)
    {
        Measurement measurement = Meter.Measure("", "", "", action);
        return measurement.Cpu * 1e6 / rows;
    }

    private static double[] Singles(ExplainSubject subject, ModelExplainer explainer)
    {
        const int Rows = 2000, Rounds = 5;
        FeatureTable[] tables = [.. Enumerable.Range(0, Rows).Select(i => subject.Table(i, 1))];
        double[] times = new double[Rows * Rounds];

        // The first two rounds compile.
        for (int i = -2 * Rows; i < times.Length; i++)
        {
            FeatureTable table = tables[(i + (2 * Rows)) % Rows];
            long start = Stopwatch.GetTimestamp();
            subject.Model.Predict(table);
            explainer.Explain(table);
            times[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static double Difference(AttributionTable ours, double[] native)
    {
        double worst = 0;
        for (int i = 0; i < ours.RowCount; i++)
        {
            ReadOnlySpan<double> expected = native.AsSpan(i * (BoosterWorkload.Columns + 1), BoosterWorkload.Columns + 1);
            worst = Math.Max(worst, Math.Abs(ours.BaseValue - expected[^1]));
            for (int c = 0; c < BoosterWorkload.Columns; c++)
            {
                worst = Math.Max(worst, Math.Abs(ours.Row(i)[c] - expected[c]));
            }
        }

        return worst;
    }
}
