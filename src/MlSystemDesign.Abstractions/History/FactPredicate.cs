namespace MlSystemDesign;

/// <summary>Filters made ready for one source: a fact passes when it passes all of them. Agrees with <see cref="EventFilter.Apply"/>, fact by fact.</summary>
/// <remarks>Remembers the codes of the last dictionary that it saw, so that reading many entities costs one look-up; therefore not safe for concurrent
/// use: make one per thread.</remarks>
public sealed class FactPredicate
{
    private readonly EventFilter[] _filters;
    private readonly int[] _columns;
    private readonly IReadOnlyList<string>?[] _levels;
    private readonly int[] _codes;

    /// <summary>Makes filters ready.</summary>
    /// <param name="source">The source that they are applied to.</param>
    /// <param name="filters">All must pass; none lets every fact pass.</param>
    /// <exception cref="ArgumentException">A filter does not fit the source.</exception>
    public FactPredicate(SourceSchema source, params IEnumerable<EventFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(source);
        _filters = [.. filters];
        foreach (EventFilter filter in _filters)
        {
            if (filter.FaultFor(source) is { } fault)
            {
                throw new ArgumentException(fault, nameof(filters));
            }
        }

        _columns = [.. _filters.Select(f => source.IndexOf(f.Column))];
        _levels = new IReadOnlyList<string>?[_filters.Length];
        _codes = new int[_filters.Length];
    }

    /// <summary>Gets a value indicating whether every fact passes, because there is no filter.</summary>
    public bool IsAlways => _filters.Length == 0;

    /// <summary>Tells which facts pass.</summary>
    /// <param name="facts">Facts of the source.</param>
    /// <param name="passes">One place for each of the newest facts to test; overwritten.</param>
    public void Test(FactTable facts, Span<bool> passes)
    {
        ArgumentNullException.ThrowIfNull(facts);
        passes.Fill(true);
        for (int f = 0; f < _filters.Length; f++)
        {
            EventFilter filter = _filters[f];
            if (filter.ComparesNumbers)
            {
                ReadOnlySpan<double> numbers = facts.Numbers(_columns[f])[..passes.Length];
                for (int i = 0; i < numbers.Length; i++)
                {
                    passes[i] &= filter.PassesNumber(numbers[i]);
                }
            }
            else
            {
                ReadOnlySpan<int> codes = facts.Codes(_columns[f])[..passes.Length];
                int wanted = CodeIn(facts, f);
                for (int i = 0; i < codes.Length; i++)
                {
                    passes[i] &= PassesCode(filter, codes[i], wanted);
                }
            }
        }
    }

    /// <summary>Finds the newest fact that passes.</summary>
    /// <param name="facts">Facts of the source.</param>
    /// <returns>Its position, 0 for the newest of all; −1 when none passes.</returns>
    public int Newest(FactTable facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        for (int i = 0; i < facts.Count; i++)
        {
            if (Passes(facts, i))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Tells whether one fact passes.</summary>
    /// <param name="facts">Facts of the source.</param>
    /// <param name="index">0 for the newest.</param>
    public bool Passes(FactTable facts, int index)
    {
        ArgumentNullException.ThrowIfNull(facts);
        for (int f = 0; f < _filters.Length; f++)
        {
            EventFilter filter = _filters[f];
            bool passes = filter.ComparesNumbers
                ? filter.PassesNumber(facts.Numbers(_columns[f])[index])
                : PassesCode(filter, facts.Codes(_columns[f])[index], CodeIn(facts, f));
            if (!passes)
            {
                return false;
            }
        }

        return true;
    }

    private static bool PassesCode(EventFilter filter, int code, int wanted) => (code == wanted && wanted >= 0) == (filter.Operator == FilterOperator.Is);

    private int CodeIn(FactTable facts, int f)
    {
        IReadOnlyList<string> levels = facts.Levels[_columns[f]]!;
        if (!ReferenceEquals(levels, _levels[f]))
        {
            _codes[f] = -1;
            for (int i = 0; i < levels.Count && _codes[f] < 0; i++)
            {
                _codes[f] = string.Equals(levels[i], _filters[f].Category, StringComparison.Ordinal) ? i : -1;
            }

            _levels[f] = levels;
        }

        return _codes[f];
    }
}
