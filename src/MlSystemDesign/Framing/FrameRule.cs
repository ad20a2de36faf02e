using System.Globalization;

namespace MlSystemDesign.Framing;

/// <summary>What a rule of a frame asks of an entity, by what was visible at the cutoff.</summary>
public enum FrameRuleKind
{
    /// <summary>In scope: an event that passes; of attributes, the newest row passes.</summary>
    InScope,

    /// <summary>At risk: an event that passes within a span before the cutoff.</summary>
    ActiveWithin,

    /// <summary>At risk: no event that passes so far.</summary>
    NotAfter,
}

/// <summary>A condition for being a row at a cutoff. Made by <see cref="EventFrame"/>'s methods.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Source">The source that is read.</param>
/// <param name="Where">The facts that count; <see langword="null"/> for all.</param>
/// <param name="Span">For <see cref="FrameRuleKind.ActiveWithin"/>: the length of [cutoff − span, cutoff); otherwise zero.</param>
public sealed record FrameRule(FrameRuleKind Kind, string Source, EventFilter? Where, TimeSpan Span)
{
    /// <summary>Returns the rule as a person would say it.</summary>
    public override string ToString()
    {
        string facts = Where is null ? Source : $"{Source} where {Where}";
        return Kind switch
        {
            FrameRuleKind.InScope => $"in scope by {facts}",
            FrameRuleKind.ActiveWithin => string.Create(CultureInfo.InvariantCulture, $"active in {facts} within {Span:c}"),
            _ => $"not after {facts}",
        };
    }
}

/// <summary>A rule made ready for a history. Not safe for concurrent use.</summary>
internal sealed class FrameRuleCheck
{
    private readonly FrameRule _rule;
    private readonly int _source;
    private readonly bool _attributes;
    private readonly FactPredicate _where;

    internal FrameRuleCheck(FrameRule rule, HistorySchema history)
    {
        SourceSchema schema = history[rule.Source];
        _rule = rule;
        _source = history.Sources.TakeWhile(s => !ReferenceEquals(s, schema)).Count();
        _attributes = schema.Kind == SourceKind.Attributes;
        _where = new FactPredicate(schema, rule.Where is null ? [] : [rule.Where]);
    }

    internal bool Holds(EntityFacts facts, long cutoff)
    {
        FactTable table = facts.Sources[_source];
        if (_attributes)
        {
            return table.Count > 0 && _where.Passes(table, 0);
        }

        int newest = _where.Newest(table);
        return _rule.Kind switch
        {
            FrameRuleKind.InScope => newest >= 0,
            FrameRuleKind.NotAfter => newest < 0,
            _ => newest >= 0 && table.EventTicks.Span[newest] >= cutoff - _rule.Span.Ticks,
        };
    }
}
