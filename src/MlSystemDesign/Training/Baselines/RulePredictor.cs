using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Scores rows by a rule: the weighted mean of the ranks of its columns, in [0, 1], turned so that higher is likelier.</summary>
public sealed class RulePredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.rule";

    internal RulePredictor(IReadOnlyList<RuleTerm> terms, IReadOnlyList<QuantileRank> ranks)
    {
        bool sound = terms.Count > 0 && terms.Count == ranks.Count && terms.All(t => t.Weight > 0 && double.IsFinite(t.Weight) && Enum.IsDefined(t.Direction))
            && ranks.All(r => !r.Knots.Any(double.IsNaN) && r.Knots.Zip(r.Knots.Skip(1)).All(pair => pair.First <= pair.Second));
        if (!sound)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A rule must have terms of positive weight, each with ascending ranks. Got {terms.Count} terms and {ranks.Count} ranks that are not such. Train the model again."));
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
            ReadOnlySpan<double> values = table.Numbers(term.Column);
            for (int i = 0; i < scores.Length; i++)
            {
                double rank = Ranks[t].Of(values[i]);
                scores[i] += term.Weight / total * (term.Direction == RuleDirection.HigherIsLikelier ? rank : 1 - rank);
            }
        }
    }

    internal static RulePredictor Fit(IReadOnlyList<RuleTerm> terms, FeatureTable table) =>
        new(terms, [.. terms.Select(t => QuantileRank.Fit(table.Numbers(t.Column)))]);
}
