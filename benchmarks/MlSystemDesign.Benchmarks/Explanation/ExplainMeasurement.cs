using System.Diagnostics;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Explanation;
using MlSystemDesign.Explanation.Trees;
using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Benchmarks.Explanation;

/// <summary>Explains the same rows with LightGBM and with this library, one thread each, in turns.</summary>
/// <param name="Name">The model.</param>
/// <param name="LongestPath">The most features that decide together on a path.</param>
/// <param name="Native">LightGBM: CPU microseconds a row, per round.</param>
/// <param name="Ours">This library: CPU microseconds a row, per round, score and check included.</param>
/// <param name="Single">Score and explanation of a table of one row: microseconds on the clock, sorted.</param>
/// <param name="MaxDifference">Over all rows and columns, and the base values.</param>
/// <param name="TableBytes">The tables of the explainer.</param>
/// <param name="BuildMilliseconds">To make the explainer.</param>
internal sealed record ExplainMeasurement(
    string Name, int LongestPath, double[] Native, double[] Ours, double[] Single, double MaxDifference, long TableBytes, double BuildMilliseconds)
{
    internal static ExplainMeasurement Of(ExplainWorkload workload, int rows, int repeats)
    {
        FeatureTable table = workload.Table(0, rows);
        long start = Stopwatch.GetTimestamp();
        ModelExplainer explainer = ModelExplainer.PathDependent(workload.Model);
        double build = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        QuadratureTreeShap kernel = new(workload.Ensemble);
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        explainer.Explain(table);
        AttributionTable ours = explainer.Explain(table);
        double[] native = workload.Booster.Contributions(workload.Rows(rows), rows, ExplainWorkload.Columns);
        List<double> nativeTimes = [], ourTimes = [];
        for (int i = 0; i < repeats; i++)
        {
            nativeTimes.Add(Time(rows, () => workload.Booster.Contributions(workload.Rows(rows), rows, ExplainWorkload.Columns)));
            ourTimes.Add(Time(rows, () => explainer.Explain(table)));
        }

        string name = $"{workload.Leaves} leaves, {(workload.Categorical ? "6 categorical" : "numeric")}";
        return new ExplainMeasurement(
            name, kernel.LongestPath, [.. nativeTimes], [.. ourTimes], Singles(workload, explainer), Difference(ours, native), kernel.TableBytes, build);
    }

    private static double Time(int rows, Action action)
    {
        Measurement measurement = Meter.Measure("", "", "", action);
        return measurement.Cpu * 1e6 / rows;
    }

    private static double[] Singles(ExplainWorkload workload, ModelExplainer explainer)
    {
        FeatureTable[] tables = [.. Enumerable.Range(0, 2000).Select(i => workload.Table(i, 1))];
        double[] times = new double[tables.Length];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < tables.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                workload.Model.Predict(tables[i]);
                explainer.Explain(tables[i]);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        Array.Sort(times);
        return times;
    }

    private static double Difference(AttributionTable ours, double[] native)
    {
        double worst = 0;
        for (int i = 0; i < ours.RowCount; i++)
        {
            ReadOnlySpan<double> expected = native.AsSpan(i * (ExplainWorkload.Columns + 1), ExplainWorkload.Columns + 1);
            worst = Math.Max(worst, Math.Abs(ours.BaseValue - expected[^1]));
            for (int c = 0; c < ExplainWorkload.Columns; c++)
            {
                worst = Math.Max(worst, Math.Abs(ours.Row(i)[c] - expected[c]));
            }
        }

        return worst;
    }
}
