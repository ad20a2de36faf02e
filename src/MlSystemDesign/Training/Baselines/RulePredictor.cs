using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Scores rows by a rule: the weighted mean of the points of its columns, in [0, 1], turned so that higher is likelier.</summary>
public sealed class RulePredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.rule";

    internal RulePredictor(IReadOnlyList<RuleTerm> terms, IReadOnlyList<QuantileRank> ranks)
    {
        bool sound = terms.Count > 0 && terms.Count == ranks.Count && terms.All(t => t.IsSound)
            && ranks.All(r => !r.Knots.Any(double.IsNaN) && r.Knots.Zip(r.Knots.Skip(1)).All(pair => pair.First <= pair.Second));
        if (!sound)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A rule must have terms of positive weight, each with points of one kind and ascending ranks. Got {terms.Count} terms and {ranks.Count} ranks that are not such. Train the model again."));
        }

        Terms = terms;
        Ranks = ranks;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the columns of the rule.</summary>
    public IReadOnlyList<RuleTerm> Terms { get; }

    internal IReadOnlyList<QuantileRank> Ranks { get; }

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(table);
        double total = Terms.Sum(t => t.Weight);
        scores.Clear();
        for (int t = 0; t < Terms.Count; t++)
        {
            RuleTerm term = Terms[t];
            Func<int, double> points = Points(term, Ranks[t], table);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += term.Weight / total * (term.Direction == RuleDirection.HigherIsLikelier ? points(i) : 1 - points(i));
            }
        }
    }

    internal static RulePredictor Fit(IReadOnlyList<RuleTerm> terms, FeatureTable table) =>
        new(terms, [.. terms.Select(t => t.UsesRanks ? QuantileRank.Fit(table.Numbers(t.Column)) : new QuantileRank([]))]);

    // Where higher is likelier; the other way round they are taken from 1.
    private static Func<int, double> Points(RuleTerm term, QuantileRank ranks, FeatureTable table)
    {
        int column = table.Schema.Require(term.Column);
        if (term.Levels is { } levels)
        {
            ReadOnlyMemory<int> codes = table.Codes(column).ToArray();
            HashSet<int> listed = [.. levels.Select(table.Schema[column].CodeOf)];
            return row => codes.Span[row] < 0 ? 0.5 : listed.Contains(codes.Span[row]) ? 1 : 0;
        }

        ReadOnlyMemory<double> values = table.Numbers(column).ToArray();
        if (term.Threshold is { } threshold)
        {
            bool higher = term.Direction == RuleDirection.HigherIsLikelier;
            return row => double.IsNaN(values.Span[row]) ? 0.5 : (higher ? values.Span[row] >= threshold : values.Span[row] > threshold) ? 1 : 0;
        }

        return term.Bands is { } bands
            ? row => double.IsNaN(values.Span[row]) ? 0.5 : Math.Min(Math.Floor(ranks.Of(values.Span[row]) * bands), bands - 1) / (bands - 1)
            : row => ranks.Of(values.Span[row]);
    }
}
