using System.Diagnostics.CodeAnalysis;

namespace MlSystemDesign.Explanation;

/// <summary>Rows kept of all that were seen: one row each of the entities with the smallest hashes, whatever the order of the rows.</summary>
/// <remarks>A bottom-k sample: uniform over entities, the same entities in every batch, and rows that are independent of each other. Memory: rows × columns, twice.</remarks>
internal sealed class RowSample(int size)
{
    private readonly SortedSet<ulong> _hashes = [];
    private readonly Dictionary<ulong, SampledRow> _rows = [];

    /// <summary>Gets the rows, by rising hash.</summary>
    internal IEnumerable<SampledRow> Rows => _hashes.Select(hash => _rows[hash]);

    /// <summary>Gets the number of rows.</summary>
    internal int Count => _hashes.Count;

    /// <summary>Gets a value indicating whether there may be entities without a row in it.</summary>
    internal bool IsFull => Count == size;

    /// <summary>A number by which one row of an entity is chosen at random, whatever the order of the rows: the smallest.</summary>
    /// <param name="entity">The hash of the entity.</param>
    /// <param name="cutoff">Tells rows of one entity apart.</param>
    internal static ulong OrderOf(ulong entity, long cutoff) => Mix(entity ^ (ulong)cutoff);

    /// <summary>Tells whether a row belongs to the sample, and makes room for it.</summary>
    /// <param name="entity">The hash of the entity.</param>
    /// <param name="cutoff">Tells rows of one entity apart.</param>
    /// <param name="columns">The length of the row.</param>
    /// <param name="row">The place for the row, to be filled at once and not changed afterwards.</param>
    internal bool TryPlace(ulong entity, long cutoff, int columns, [NotNullWhen(true)] out SampledRow? row)
    {
        row = null;
        ulong order = OrderOf(entity, cutoff);
        if (_rows.TryGetValue(entity, out SampledRow? present) ? order >= present.Order : _rows.Count == size && entity > _hashes.Max)
        {
            return false;
        }

        if (present is null && _rows.Count == size)
        {
            _rows.Remove(_hashes.Max);
            _hashes.Remove(_hashes.Max);
        }

        _hashes.Add(entity);
        _rows[entity] = row = new SampledRow(order, columns);
        return true;
    }

    /// <summary>The sample as it is now.</summary>
    internal RowSample Copy()
    {
        RowSample copy = new(size);
        foreach (ulong hash in _hashes)
        {
            copy._hashes.Add(hash);
            copy._rows.Add(hash, _rows[hash]);
        }

        return copy;
    }

    // The finalizer of splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>One row of a sample: values (codes of categories, NaN when missing) and attributions, by column.</summary>
internal sealed class SampledRow(ulong order, int columns)
{
    internal ulong Order { get; } = order;

    internal double[] Values { get; } = new double[columns];

    internal double[] Attributions { get; } = new double[columns];
}
