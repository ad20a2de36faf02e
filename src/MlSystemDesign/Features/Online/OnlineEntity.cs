namespace MlSystemDesign.Features;

/// <summary>The facts of one entity. Whoever reads or changes them holds a lock on it.</summary>
/// <param name="key">The entity.</param>
/// <param name="ordinal">When it came: locks on several entities are taken in this order.</param>
/// <param name="sources">All sources.</param>
internal sealed class OnlineEntity(EntityKey key, long ordinal, OnlineSource[] sources)
{
    private readonly OnlineColumns?[] _columns = new OnlineColumns?[sources.Length];
    private long _forgottenKnown = long.MaxValue;

    internal EntityKey Key { get; } = key;

    internal long Ordinal { get; } = ordinal;

    /// <summary>Returns the facts from a source; <see langword="null"/> when there were none yet.</summary>
    internal OnlineColumns? Find(int source) => _columns[source];

    internal OnlineColumns Of(int source) => _columns[source] ??= new OnlineColumns(sources[source]);

    /// <summary>Tells whether any fact of any source is, or was before it was forgotten, visible at a cutoff.</summary>
    internal bool AnyVisible(long cutoff)
    {
        bool any = _forgottenKnown < cutoff;
        foreach (OnlineColumns? columns in _columns)
        {
            any = any || (columns is not null && columns.AnyVisible(cutoff));
        }

        return any;
    }

    /// <summary>Notes that something was known of the entity from an instant on, of an event that is not kept.</summary>
    internal void NoteForgotten(long known) => _forgottenKnown = Math.Min(_forgottenKnown, known);

    /// <summary>Tells whether an event that is not kept is the first that was known of it.</summary>
    internal bool IsFirstForgotten(long known) => known == _forgottenKnown;

    /// <summary>Forgets the events before an instant. Attributes stay: the newest one holds however old it is.</summary>
    internal void Forget(long before)
    {
        for (int s = 0; s < _columns.Length; s++)
        {
            if (_columns[s] is { } columns && sources[s].Schema.Kind == SourceKind.Events)
            {
                _forgottenKnown = Math.Min(_forgottenKnown, columns.Forget(before));
            }
        }
    }
}
