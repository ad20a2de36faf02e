namespace MlSystemDesign.Leakage;

/// <summary>What is done to facts.</summary>
internal enum PoisonKind
{
    /// <summary>Nothing: the same facts, handed in anew.</summary>
    None,

    /// <summary>Their values are changed.</summary>
    Changed,

    /// <summary>They are deleted.</summary>
    Deleted,

    /// <summary>Facts that never were are added.</summary>
    Invented,
}

/// <summary>Changes, deletes and invents facts on one side of a cutoff: those that are visible at it, or those that are not.</summary>
/// <remarks>A fact is visible at a cutoff if it happened before it and was known before it, and was not superseded by anything known before it. Whatever is done to the other ones, no honest feature moves.</remarks>
internal sealed class FactPoison
{
    private static readonly long[] DistancesInHours = [0, 1, 24, 24 * 5, 24 * 20, 24 * 50, 24 * 80, 24 * 170, 24 * 350];

    private readonly EntityKey[] _entities;
    private readonly EntityFacts[] _facts;
    private readonly FactTemplate[][] _templates; // by source
    private readonly EntityKey _stranger;

    /// <summary>Reads the facts of the sampled entities.</summary>
    /// <param name="history">The history that holds just them.</param>
    /// <param name="entities">At least one.</param>
    internal FactPoison(IHistory history, EntityKey[] entities)
    {
        _entities = entities;
        _facts = [.. entities.Select(history.LookAhead.ReadAll)];
        _templates = [.. Enumerable.Range(0, history.Schema.Sources.Count).Select(s => FactTemplates.For([.. _facts.Select(f => f.Sources[s])]))];
        _stranger = StrangerLike(entities[0], history);
    }

    /// <summary>Returns the history with facts not visible at the cutoff poisoned, of all sampled entities at once; inventing adds an entity first seen after it.</summary>
    internal IHistory PoisonFuture(IHistory history, long cutoff, PoisonKind kind)
    {
        IEnumerable<EntityFacts> replaced = _entities.Select((e, i) => Poison(e, i, cutoff, kind, inside: false));
        return history.Overlay(kind == PoisonKind.Invented ? [.. replaced, Stranger(cutoff)] : [.. replaced]);
    }

    /// <summary>Returns the history with facts visible at the cutoff poisoned: the positive control.</summary>
    internal IHistory PoisonPast(IHistory history, long cutoff, PoisonKind kind) =>
        history.Overlay([.. _entities.Select((e, i) => Poison(e, i, cutoff, kind, inside: true))]);

    private EntityFacts Poison(EntityKey entity, int index, long cutoff, PoisonKind kind, bool inside)
    {
        IReadOnlyList<FactTable> sources = _facts[index].Sources;
        FactTable[] poisoned = new FactTable[sources.Count];
        for (int s = 0; s < poisoned.Length; s++)
        {
            FactDraft draft = new(sources[s]);
            for (int i = 0; i < sources[s].Count; i++)
            {
                bool isTarget = IsTarget(sources[s], i, cutoff, kind, inside);
                if (!isTarget || kind is PoisonKind.None or PoisonKind.Invented)
                {
                    draft.Copy(i);
                }
                else if (kind == PoisonKind.Changed)
                {
                    draft.CopyChanged(i);
                }
            }

            if (kind == PoisonKind.Invented)
            {
                Invent(draft, _templates[s], cutoff, inside, index);
            }

            poisoned[s] = draft.ToTable();
        }

        return new EntityFacts(entity, poisoned);
    }

    private static bool IsTarget(FactTable facts, int index, long cutoff, PoisonKind kind, bool inside)
    {
        if (inside || facts.IsVisibleAt(index, cutoff))
        {
            return inside == facts.IsVisibleAt(index, cutoff);
        }

        // What was revised or retracted before the cutoff belongs to the past: that it once was known keeps its entity in the cohort, so it is changed, but not deleted.
        bool isPast = facts.EventTicks.Span[index] < cutoff && facts.KnownTickAt(index) < cutoff;
        return kind != PoisonKind.Deleted || !isPast;
    }

    private EntityFacts Stranger(long cutoff)
    {
        FactTable[] tables = [.. _facts[0].Sources.Select((table, s) =>
        {
            FactDraft draft = new(table);
            Invent(draft, _templates[s], cutoff, inside: false, 0);
            return draft.ToTable();
        })];
        return new EntityFacts(_stranger, tables);
    }

    private static void Invent(FactDraft draft, FactTemplate[] templates, long cutoff, bool inside, int salt)
    {
        int next = salt;
        foreach ((long happened, long known) in inside ? VisibleTimes(draft.Schema, cutoff) : HiddenTimes(draft.Schema, cutoff))
        {
            // Not every template at every instant: four in turn give each template to each distance over the entities.
            for (int i = 0; i < 4; i++)
            {
                draft.Invent(happened, known, templates[next++ % templates.Length]);
            }
        }
    }

    /// <summary>Event and known times of facts that are not visible at a cutoff, the edge itself among them.</summary>
    private static IEnumerable<(long Event, long Known)> HiddenTimes(SourceSchema schema, long cutoff)
    {
        long delay = schema.KnownAfter.Ticks;
        foreach (long hours in DistancesInHours)
        {
            long later = Clamp(cutoff + (hours * TimeSpan.TicksPerHour)), earlier = Clamp(cutoff - 1 - (hours * TimeSpan.TicksPerHour));
            yield return (later, Clamp(later + delay));
            if (schema.HasKnownTime)
            {
                yield return (earlier, later); // happened before, known at or after the cutoff
                yield return (later, earlier); // announced before, happens at or after the cutoff
            }
            else if (earlier + delay >= cutoff)
            {
                yield return (earlier, Clamp(earlier + delay));
            }
        }

        if (!schema.HasKnownTime && delay > 0)
        {
            yield return (Clamp(cutoff - delay), cutoff); // known at the cutoff itself
        }
    }

    private static IEnumerable<(long Event, long Known)> VisibleTimes(SourceSchema schema, long cutoff)
    {
        long latest = cutoff - 1 - (schema.HasKnownTime ? 0 : schema.KnownAfter.Ticks);
        foreach (long hours in DistancesInHours)
        {
            long happened = Clamp(latest - (hours * TimeSpan.TicksPerHour));
            yield return (happened, happened);
        }
    }

    private static long Clamp(long ticks) => Math.Clamp(ticks, 1, DateTimeOffset.MaxValue.Ticks);

    private static EntityKey StrangerLike(EntityKey sample, IHistory history)
    {
        for (int attempt = 0; ; attempt++)
        {
            EntityKey key = Like(sample, attempt);
            if (!history.Contains(key))
            {
                return key;
            }
        }

        static EntityKey Like(EntityKey sample, int attempt) => sample.Kind switch
        {
            EntityKeyKind.Integer => long.MaxValue - attempt,
            EntityKeyKind.Guid => new Guid(attempt, 0x5a5a, 0x5a5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a),
            EntityKeyKind.Composite => EntityKey.Composite([.. sample.Parts.Select(p => Like(p, attempt))]),
            _ => $"stranger {attempt}",
        };
    }
}
