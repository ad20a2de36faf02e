using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Explanation;

/// <summary>Makes words for the features of a plan: the sentence of the aggregate, with the nouns of the business and the window in words.</summary>
internal sealed class PlanWords(ReasonTemplates templates, ReasonNouns nouns)
{
    private readonly ValueWords _values = new(templates);

    internal ReasonTemplates Add(FeaturePlan plan)
    {
        ReasonTemplates words = templates;
        foreach (FeatureDefinition feature in plan.Features)
        {
            if (!templates.Aggregates.TryGetValue(feature.Aggregate.ToString(), out AggregateWords? aggregate) || FactOf(feature) is not { } fact)
            {
                continue;
            }

            (string, string?)[] places =
            [
                ("fact", fact.One), ("facts", fact.Many), ("column", feature.Column is null ? null : nouns.Columns.GetValueOrDefault(feature.Column, feature.Column)), ("name", feature.Name),
                ("window", feature.Window is null ? null : WindowOf(feature.Window, fact)),
            ];
            words = templates.Columns.ContainsKey(feature.Name) ? words : words.ForColumn(feature.Name, aggregate.Values.FillFirst(places));
            words = words.Features.ContainsKey(feature.Group) ? words : words.ForFeature(feature.Group, TextTemplate.Fill(aggregate.Feature, places));
        }

        return words;
    }

    // A filter has no name in a plan but the one that its features' groups start with.
    private UnitWords? FactOf(FeatureDefinition feature) => nouns.Facts
        .Where(f => feature.Group.Equals(f.Key, StringComparison.Ordinal) || feature.Group.StartsWith(f.Key + " ", StringComparison.Ordinal))
        .OrderByDescending(f => f.Key.Length).Select(f => f.Value).FirstOrDefault()
        ?? (feature.Where.Count == 0 ? nouns.Facts.GetValueOrDefault(feature.Source) : null);

    private string WindowOf(FeatureWindow window, UnitWords fact)
    {
        WindowWords words = templates.Windows;
        string length = window.Kind switch
        {
            WindowKind.Fixed => _values.Length(window.Length),
            WindowKind.Calendar => string.Join(' ', new[] { window.Months == 0 ? null : _values.WithUnit(window.Months, "mo"), window.Days == 0 ? null : _values.WithUnit(window.Days, "d") }.OfType<string>()),
            WindowKind.LastEvents => window.Events.ToString(CultureInfo.InvariantCulture),
            _ => string.Empty,
        };
        return window.Kind switch
        {
            WindowKind.WholeHistory => words.History,
            WindowKind.LastEvents => TextTemplate.Fill(words.Events, ("number", length), ("fact", fact.One), ("facts", fact.Many)),
            _ when window.Lag > TimeSpan.Zero => TextTemplate.Fill(words.Lagged, ("length", length), ("lag", _values.Length(window.Lag))),
            _ => TextTemplate.Fill(words.Length, ("length", length)),
        };
    }
}
