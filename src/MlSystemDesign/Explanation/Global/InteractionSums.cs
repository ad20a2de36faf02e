using System.Globalization;
using MlSystemDesign.Statistics;

namespace MlSystemDesign.Explanation;

/// <summary>Sums of the interactions of each pair of business features, by group of entities.</summary>
internal sealed class InteractionSums(AttributionState state)
{
    private readonly int _features = state.Features.Length;
    private GroupSums? _sums;
    private int _rows;

    /// <summary>Adds interactions.</summary>
    /// <param name="interactions">n rows.</param>
    /// <param name="groups">The group of each row's entity.</param>
    internal void Add(InteractionTable interactions, int[] groups)
    {
        if (!interactions.Attributions.Columns.SequenceEqual(state.Schema.Select(c => c.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The interactions must be of the model's {state.Schema.Count} columns. Got {interactions.Attributions.Columns.Count} columns, or others. Explain with the same model.", nameof(interactions));
        }

        double[,] pairs = new double[_features, _features];
        for (int i = 0; i < groups.Length; i++)
        {
            RequireFinite(interactions.Row(i), i);
        }

        for (int i = 0; i < groups.Length; i++)
        {
            Collect(interactions.Row(i), pairs);
            Span<double> sums = (_sums ??= new GroupSums(1 + (_features * (_features - 1)))).Of(groups[i]);
            sums[0]++;
            for (int slot = 1, f = 0; f < _features; f++)
            {
                for (int g = f + 1; g < _features; g++, slot += 2)
                {
                    sums[slot] += Math.Abs(pairs[f, g]);
                    sums[slot + 1] += pairs[f, g];
                }
            }
        }

        _rows += groups.Length;
    }

    /// <summary>The strongest pairs.</summary>
    internal IReadOnlyList<FeatureInteraction> Strongest(int count, double confidence)
    {
        if (_sums is not { } sums)
        {
            return [];
        }

        List<(double Mean, int Slot, int First, int Second)> pairs = [];
        for (int slot = 1, f = 0; f < _features; f++)
        {
            for (int g = f + 1; g < _features; g++, slot += 2)
            {
                pairs.Add((sums.Total(slot) / sums.Total(0), slot, f, g));
            }
        }

        return
        [
            .. pairs.OrderByDescending(p => p.Mean).Take(count).Select(p => new FeatureInteraction
            {
                First = state.Features[p.First],
                Second = state.Features[p.Second],
                MeanAbsolute = Mean("mean |interaction|", p.Slot, e => e.PositiveIntervalAt(confidence)),
                Mean = Mean("mean interaction", p.Slot + 1, e => e.IntervalAt(confidence)),
            }),
        ];

        Metric Mean(string name, int slot, Func<GroupEstimate, Interval?> interval)
        {
            GroupEstimate mean = GroupSums.Estimate(group => sums.Total(slot, group) / sums.Total(0, group), group => sums.Has(group, 0));
            return Metric.Of(name, mean.Value, _rows, MetricDirection.Descriptive, interval(mean));
        }
    }

    // Both halves of the symmetric table, over all columns of the two features.
    private void Collect(ReadOnlySpan<double> row, double[,] pairs)
    {
        Array.Clear(pairs);
        int columns = state.Schema.Count;
        for (int a = 0; a < columns; a++)
        {
            for (int b = 0; b < columns; b++)
            {
                int f = state.FeatureOf[a], g = state.FeatureOf[b];
                pairs[Math.Min(f, g), Math.Max(f, g)] += row[(a * columns) + b];
            }
        }
    }

    private static void RequireFinite(ReadOnlySpan<double> row, int at)
    {
        foreach (double value in row)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Interactions must be finite. Got {value} in row {at + 1}. Repair the explainer that gave it."));
            }
        }
    }
}
