using System.Collections.Concurrent;

namespace MlSystemDesign.Features;

/// <summary>The features of a plan, kept ready for every entity while facts arrive: the value read is the value that the batch engine computes over the same facts, bit for bit.</summary>
/// <remarks>
/// <para>Facts may come late, twice, revised and retracted, in any order: what is read depends on the facts alone, as in a history in memory. Reads are as of any cutoff, from now back
/// to what <see cref="Forget"/> left.</para>
/// <para>Safe for concurrent use. Of one entity, a read sees all facts whose <see cref="Add"/> has returned and no half of a fact; a revision that moves an event to another entity is
/// seen of both at once by nobody, since each is read for itself.</para>
/// <para>Memory: per fact 8 bytes for its time, 8 for its known time and sequence where the source has them, 8 per number and 4 per category, up to twice that for room to grow, and a quarter
/// more that was given back and waits to be used again; of events with keys about 400 bytes more.</para>
/// <para>Cost: an addition finds its place among the facts of its entity, O(1) for the newest; a read computes the plan's windows anew from the facts inside them. Neither allocates but for what
/// is new: an entity, a category text, a version of an event with a key, and facts beyond the room that was ever needed; an engine that forgets as much as it takes allocates nothing.</para>
/// </remarks>
public sealed class OnlineFeatures
{
    private readonly ConcurrentDictionary<EntityKey, OnlineEntity> _entities = new();
    private readonly ConcurrentBag<RowScan> _scans = [];
    private readonly BoundPlan _plan;
    private readonly OnlineSource[] _sources;
    private readonly Dictionary<string, int> _sourceOf;
    private readonly OnlineEntity _nobody;
    private readonly PlanReach _reach;
    private long _ordinal;
    private long _kept = long.MinValue;
    private long _ignored;
    private int _cuts;

    /// <summary>Creates an engine without facts.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="schema">The sources, as the history has them on which models are trained. Coverage counts their observed span: let it end far ahead for an engine that goes on.</param>
    /// <exception cref="PlanException">The plan does not fit the schema; every fault is named.</exception>
    public OnlineFeatures(FeaturePlan plan, HistorySchema schema)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schema);
        _plan = new BoundPlan(plan, schema);
        _reach = new PlanReach(plan, schema);
        ColumnPools pools = new();
        _sources = [.. schema.Sources.Select(s => new OnlineSource(s, pools))];
        _sourceOf = schema.Sources.Select((s, i) => (s.Name, i)).ToDictionary(s => s.Name, s => s.i, StringComparer.Ordinal);
        _nobody = new OnlineEntity(default, -1, _sources);
        Plan = plan;
    }

    /// <summary>Gets the plan.</summary>
    public FeaturePlan Plan { get; }

    /// <summary>Gets the columns of a row; categories without levels, since texts are read as they are.</summary>
    public FeatureSchema Schema => _plan.Schema;

    /// <summary>Gets the number of entities ever seen.</summary>
    public int EntityCount => _entities.Count;

    /// <summary>Gets since when facts are kept; the beginning of time until <see cref="Forget"/> was called.</summary>
    public DateTimeOffset KeptSince => new(Math.Max(Volatile.Read(ref _kept), 0), TimeSpan.Zero);

    /// <summary>Gets how many events came too late: see <see cref="Forget"/>.</summary>
    public long IgnoredCount => Interlocked.Read(ref _ignored);

    /// <summary>Finds a source, once for many facts.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position, for <see cref="Add"/>.</returns>
    /// <exception cref="ArgumentException">There is no such source.</exception>
    public int SourceOf(string name) => _sourceOf.TryGetValue(name, out int source)
        ? source
        : throw new ArgumentException($"A fact must belong to a source of the schema. Got source '{name}'. There are {string.Join(", ", _sourceOf.Keys.Select(s => $"'{s}'"))}.", nameof(name));

    /// <summary>Adds a fact. When this returns, every read sees it.</summary>
    /// <param name="source">The position of its source, from <see cref="SourceOf"/>.</param>
    /// <param name="row">The fact, or a version or retraction of one.</param>
    /// <exception cref="DataFormatException">The row is not one of the source: says what is wrong. Nothing has changed.</exception>
    public void Add(int source, in FactRow row)
    {
        Require(source, row);
        OnlineSource rules = _sources[source];
        FactValues values = OnlineValues.Of(row, rules, own: row.EventKey != default);
        OnlineEntity entity = EntityOf(row.Entity);
        long ticks = row.Time.UtcTicks, known = rules.KnownOf(row);
        if (row.EventKey != default)
        {
            AddVersion(source, rules, new OnlineVersion
            {
                Owner = entity, EventKey = row.EventKey, Ticks = ticks, Known = known, Sequence = rules.Schema.HasSequence ? row.Sequence : 0, IsRetraction = row.IsRetraction, Values = values,
            });
            return;
        }

        lock (entity)
        {
            if (ticks >= KeptOf(rules))
            {
                entity.Of(source).Insert(ticks, known, rules.Schema.HasSequence ? row.Sequence : 0, values, null);
            }
            else
            {
                entity.NoteForgotten(known);
                Interlocked.Increment(ref _ignored);
            }
        }
    }

    /// <summary>Throws when some feature forbids <see cref="Forget"/>.</summary>
    internal void RequireForgettable() => _reach.RequireLimit();

    /// <summary>Throws when a row is not one of its source.</summary>
    internal void Require(int source, in FactRow row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(source, _sources.Length);
        OnlineRowCheck.Require(row, _sources[source]);
    }

    /// <summary>Tells whether a row, were it added now, would change nothing, now or later: a version that was known before what is kept.</summary>
    internal bool IsTooLate(int source, in FactRow row) => row.EventKey != default && _sources[source].KnownOf(row) < KeptOf(_sources[source]);

    /// <summary>Tells apart what was added so far from what is added later. To be called while nothing is added.</summary>
    /// <returns>What <see cref="IsRetained"/> takes.</returns>
    internal int Cut() => Interlocked.Increment(ref _cuts) - 1;

    /// <summary>Tells whether a row that was added before a cut still has a part in what is read. While nothing is forgotten, it always says the same of a row, also when facts are added.</summary>
    /// <param name="source">The position of its source.</param>
    /// <param name="row">The row.</param>
    /// <param name="cut">The cut.</param>
    internal bool IsRetained(int source, in FactRow row, int cut)
    {
        OnlineSource rules = _sources[source];
        bool isKept = row.Time.UtcTicks >= KeptOf(rules);
        if (row.EventKey == default || rules.Schema.Kind != SourceKind.Events)
        {
            return isKept || IsFirstForgotten(row.Entity, rules.KnownOf(row));
        }

        // All versions of an event or none: one that is superseded holds again without the one that supersedes it, however old that is. An event of which none was left at the cut
        // starts anew with a version that comes later.
        return rules.HasVersions(row.EventKey, cut) || (!isKept && IsFirstForgotten(row.Entity, rules.KnownOf(row)));
    }

    /// <summary>Computes one row. Allocates nothing.</summary>
    /// <param name="entity">The entity; one never seen has the values for nothing.</param>
    /// <param name="cutoff">The cutoff, excluded.</param>
    /// <param name="numbers">One place per column of <see cref="Schema"/>; takes the number columns, NaN for missing.</param>
    /// <param name="categories">One place per column; takes the category columns, <see langword="null"/> for missing.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Some window reaches back to what is forgotten.</exception>
    public void Read(EntityKey entity, DateTimeOffset cutoff, Span<double> numbers, Span<string?> categories)
    {
        RequirePlaces(numbers.Length, nameof(numbers));
        RequirePlaces(categories.Length, nameof(categories));
        RowScan scan = _scans.TryTake(out RowScan? free) ? free : new RowScan(_plan, 1);
        try
        {
            Compute(entity, cutoff.UtcTicks, scan);
            foreach (NumberFeature feature in _plan.Numbers)
            {
                numbers[feature.Column] = scan.Block.NumberOf(feature.Place, 0);
            }

            foreach (CategoryFeature feature in _plan.Categories)
            {
                int code = scan.Block.CodeOf(feature.Place, 0);
                categories[feature.Column] = code < 0 ? null : _sources[feature.Source].Levels[feature.SourceColumn]![code];
            }
        }
        finally
        {
            scan.Block.Clear();
            _scans.Add(scan);
        }
    }

    /// <summary>Computes a table of rows, as <see cref="BatchFeatureBuilder"/> does over a history.</summary>
    /// <param name="observations">Rows with cutoffs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The observations have no cutoffs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Some window reaches back to what is forgotten.</exception>
    public FeatureTable Read(ObservationSet observations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (!observations.HasCutoffs)
        {
            throw new ArgumentException("Observations must have cutoffs to compute features as of them. Got rows without time. Use ObservationSet.At or Of.", nameof(observations));
        }

        FeatureOutput output = new(_plan, observations.Count);
        RowScan scan = new(_plan, 1);
        for (int row = 0; row < observations.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compute(observations.Entities[row], observations.CutoffTicks[row], scan, row);
            output.WriteNumbers(scan.Block);
            for (int f = 0; f < _plan.Categories.Length; f++)
            {
                (_, int place, int source, int column) = _plan.Categories[f];
                int code = scan.Block.CodeOf(place, 0);
                output.Categories[f].Write(row, code < 0 ? -1 : output.Categories[f].CodeOf(_sources[source].Levels[column]![code]));
            }

            scan.Block.Clear();
        }

        return output.ToTable(observations);
    }

    /// <summary>Forgets the events that happened before an instant. What arrives later is ignored, and counted, when it happened before it, and, of events with keys, when it was known
    /// before it. Attributes are kept, and so are events that a cutoff since then may still see although they were corrected.</summary>
    /// <remarks>Coverage is 0 for an entity of which nothing is known: there, an event that is forgotten counts as known from its known time on, also when it is retracted later.</remarks>
    /// <param name="before">The instant.</param>
    /// <param name="cancellationToken">Stops on the way; what was forgotten by then is.</param>
    /// <exception cref="InvalidOperationException">Some feature reads events without a limit in time: it would change. Names them all.</exception>
    public void Forget(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        _reach.RequireLimit();
        long kept = Math.Max(before.UtcTicks, Volatile.Read(ref _kept));
        Volatile.Write(ref _kept, kept); // first, so that no read computes what is about to go
        foreach ((_, OnlineEntity entity) in _entities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (entity)
            {
                entity.Forget(kept);
            }
        }

        // A version of an attribute may still come again, however old.
        foreach (OnlineSource source in _sources.Where(s => s.Schema.Kind == SourceKind.Events))
        {
            ForgetChains(source, kept);
        }
    }

    private bool IsFirstForgotten(EntityKey key, long known)
    {
        if (!_entities.TryGetValue(key, out OnlineEntity? entity))
        {
            return false;
        }

        lock (entity)
        {
            return entity.IsFirstForgotten(known);
        }
    }

    private static void ForgetChains(OnlineSource source, long before)
    {
        lock (source.ChainLock)
        {
            foreach ((EntityKey key, EventChain chain) in source.Chains)
            {
                if (!chain.Forget(before))
                {
                    source.Chains.Remove(key);
                }
            }
        }
    }

    private void Compute(EntityKey key, long cutoff, RowScan scan, int row = 0)
    {
        OnlineEntity entity = _entities.TryGetValue(key, out OnlineEntity? seen) ? seen : _nobody;
        lock (entity)
        {
            _reach.RequireKept(cutoff, Volatile.Read(ref _kept), nameof(cutoff)); // under the lock: what is forgotten later is still here
            scan.Load(entity, _sources);
            scan.Block.Add(row, cutoff, _plan.NeedsKnownEntities && entity.AnyVisible(cutoff));
            scan.Compute(0);
            scan.Finish();
        }
    }

    private OnlineEntity EntityOf(EntityKey key) => _entities.TryGetValue(key, out OnlineEntity? entity)
        ? entity
        : _entities.GetOrAdd(key, static (k, engine) => new OnlineEntity(k, Interlocked.Increment(ref engine._ordinal), engine._sources), this);

    private void AddVersion(int source, OnlineSource rules, OnlineVersion version)
    {
        lock (rules.ChainLock)
        {
            if (!rules.Chains.TryGetValue(version.EventKey, out EventChain? chain))
            {
                rules.Chains.Add(version.EventKey, chain = new EventChain(Volatile.Read(ref _cuts)));
            }

            List<OnlineEntity> owners = chain.OwnersWith(version.Owner);
            int held = 0;
            try
            {
                for (; held < owners.Count; held++)
                {
                    Monitor.Enter(owners[held]);
                }

                long kept = KeptOf(rules);
                if (version.Known < kept)
                {
                    Interlocked.Increment(ref _ignored);
                }
                else
                {
                    chain.Add(version, source, rules, kept);
                }
            }
            finally
            {
                while (held > 0)
                {
                    Monitor.Exit(owners[--held]);
                }
            }
        }
    }

    private long KeptOf(OnlineSource rules) => rules.Schema.Kind == SourceKind.Events ? Volatile.Read(ref _kept) : long.MinValue;

    private void RequirePlaces(int places, string name)
    {
        if (places != Schema.Count)
        {
            throw new ArgumentException($"There must be one place per column of the schema, {Schema.Count}. Got {places}.", name);
        }
    }
}
