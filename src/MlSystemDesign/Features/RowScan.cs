namespace MlSystemDesign.Features;

/// <summary>Computes rows of a bound plan. Holds scratch memory: one per thread.</summary>
internal sealed class RowScan(BoundPlan plan)
{
    private readonly ScopeScan[] _scans = [.. plan.Scopes.Select(s => new ScopeScan(s))];

    internal void Compute(IHistory history, EntityKey entity, long cutoff, int row, FeatureOutput output)
    {
        EntityFacts facts = history.AsOf(entity, new DateTimeOffset(cutoff, TimeSpan.Zero));
        for (int s = 0; s < _scans.Length; s++)
        {
            _scans[s].Compute(facts.Sources[plan.Scopes[s].Source], cutoff, row, output);
        }

        if (plan.Coverages.Count == 0 || facts.Sources.All(f => f.Count == 0))
        {
            return; // nothing is known of the entity: coverage 0, which the row holds already
        }

        foreach (CoverageTask coverage in plan.Coverages)
        {
            output.Set(coverage.Output, row, coverage.At(cutoff));
        }
    }
}

/// <summary>The rows of each entity, so that its facts are read one cutoff after the other.</summary>
internal sealed class EntityRows
{
    private readonly List<int> _first = [];
    private readonly int[] _next;

    internal EntityRows(ObservationSet observations)
    {
        ReadOnlySpan<EntityKey> entities = observations.Entities;
        Dictionary<EntityKey, int> newest = new(entities.Length);
        _next = new int[entities.Length];
        for (int row = 0; row < entities.Length; row++)
        {
            _next[row] = -1;
            if (newest.TryGetValue(entities[row], out int previous))
            {
                _next[previous] = row;
            }
            else
            {
                _first.Add(row);
            }

            newest[entities[row]] = row;
        }
    }

    internal int Count => _first.Count;

    internal int First(int entity) => _first[entity];

    internal int Next(int row) => _next[row];
}

/// <summary>Tells the share of rows done, in steps of a hundredth, never falling, from whichever thread gets there.</summary>
internal sealed class BuildProgress(IProgress<double>? progress, int rows)
{
    private readonly Lock _lock = new();
    private int _done;
    private int _told;

    internal void Add(int more)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _done += more;
            int hundredths = (int)(100L * _done / rows);
            if (hundredths > _told)
            {
                _told = hundredths;
                progress.Report(_done / (double)rows);
            }
        }
    }
}
