namespace MlSystemDesign.Features;

/// <summary>The versions of one event, in their order: known time, sequence, retractions after rows, the total order of facts, entity. To be used by who holds the source's lock
/// and those of all owners.</summary>
/// <remarks>The same rule as that of a history in memory: a version that the next one supersedes at its own known time can never be visible and is left out, which no later
/// version can make wrong. So the result is the same for every order of arrival.</remarks>
/// <param name="cut">Before which cut it began (<see cref="OnlineFeatures.Cut"/>).</param>
internal sealed class EventChain(int cut)
{
    [ThreadStatic]
    private static List<OnlineEntity>? _owners;
    private readonly List<OnlineVersion> _versions = new(1); // most events are never corrected

    /// <summary>Gets before which cut it began.</summary>
    internal int Cut { get; } = cut;

    /// <summary>Returns those who have a version, and one more, each once, in the order in which they are locked.</summary>
    /// <returns>A list that is good until the next call of the thread.</returns>
    internal List<OnlineEntity> OwnersWith(OnlineEntity owner)
    {
        List<OnlineEntity> owners = _owners ??= [];
        owners.Clear();
        owners.Add(owner);
        foreach (OnlineVersion version in _versions)
        {
            if (!owners.Contains(version.Owner))
            {
                owners.Add(version.Owner);
            }
        }

        owners.Sort(static (a, b) => a.Ordinal.CompareTo(b.Ordinal));
        return owners;
    }

    /// <summary>Adds a version to the chain and to the facts of its owner, and tells the one before from when it is superseded.</summary>
    /// <param name="version">The version.</param>
    /// <param name="source">The position of the source.</param>
    /// <param name="rules">The source.</param>
    /// <param name="kept">Since when events are kept: an earlier one only says that another is superseded.</param>
    internal void Add(OnlineVersion version, int source, OnlineSource rules, long kept)
    {
        int place = _versions.Count;
        while (place > 0 && Compare(_versions[place - 1], version, rules) > 0)
        {
            place--;
        }

        if (place < _versions.Count && _versions[place].Known == version.Known)
        {
            return; // superseded when it became known
        }

        version.Superseded = place < _versions.Count ? _versions[place].Known : long.MaxValue;
        if (place > 0 && _versions[place - 1].Known == version.Known)
        {
            place--;
            Take(_versions[place], source);
            _versions[place] = version;
        }
        else
        {
            _versions.Insert(place, version);
        }

        if (place > 0)
        {
            OnlineVersion before = _versions[place - 1];
            before.Superseded = Math.Min(before.Superseded, version.Known); // the one that superseded it may be forgotten
            before.Owner.Of(source).NoteSuperseded();
        }

        if (!version.IsRetraction && version.Ticks >= kept)
        {
            version.Owner.Of(source).Insert(version.Ticks, version.Known, version.Sequence, version.Values, version);
            version.HasRow = true;
        }
    }

    /// <summary>Forgets what has no row among the facts and was known before an instant: versions known before it do not arrive any more, so that it supersedes nothing new.</summary>
    /// <returns>Whether any is left.</returns>
    internal bool Forget(long knownBefore)
    {
        _versions.RemoveAll(v => !v.HasRow && v.Known < knownBefore);
        return _versions.Count > 0;
    }

    private static void Take(OnlineVersion version, int source)
    {
        if (version.HasRow)
        {
            version.Owner.Of(source).Remove(version);
            version.HasRow = false;
        }
    }

    private static int Compare(OnlineVersion a, OnlineVersion b, OnlineSource rules)
    {
        int order = a.Known.CompareTo(b.Known);
        order = order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
        order = order != 0 ? order : a.IsRetraction.CompareTo(b.IsRetraction);
        if (order != 0 || a.IsRetraction)
        {
            return order;
        }

        order = a.Ticks.CompareTo(b.Ticks);
        order = order != 0 ? order : rules.Compare(a.Values, b.Values);
        return order != 0 ? order : a.Owner.Key.CompareTo(b.Owner.Key);
    }
}

/// <summary>One version of an event, or a retraction of it.</summary>
internal sealed class OnlineVersion
{
    internal required OnlineEntity Owner { get; init; }

    internal required EntityKey EventKey { get; init; }

    internal required long Ticks { get; init; }

    internal required long Known { get; init; }

    internal required long Sequence { get; init; }

    internal required bool IsRetraction { get; init; }

    /// <summary>Gets its values; of its own, since its row moves.</summary>
    internal required FactValues Values { get; init; }

    /// <summary>Gets or sets a value indicating whether it has a row among the facts of its owner.</summary>
    internal bool HasRow { get; set; }

    /// <summary>Gets or sets from when the next version was known, in UTC ticks; <see cref="long.MaxValue"/> for never.</summary>
    internal long Superseded { get; set; } = long.MaxValue;
}
