namespace MlSystemDesign.Features;

/// <summary>The filters of a scope tied to the columns of its source, derived ones included: a fact passes when it passes all of them. Holds codes: one per thread.</summary>
internal sealed class FactFilter
{
    private readonly (EventFilter Filter, int Column)[] _filters;
    private readonly int[] _wanted;
    private readonly IReadOnlyList<string>?[] _levels;

    /// <summary>Creates a filter.</summary>
    /// <param name="filters">The filters, with the column of each.</param>
    internal FactFilter(IEnumerable<(EventFilter Filter, int Column)> filters)
    {
        _filters = [.. filters];
        _wanted = new int[_filters.Length];
        _levels = new IReadOnlyList<string>?[_filters.Length];
    }

    internal bool IsAlways => _filters.Length == 0;

    /// <summary>Finds the codes of the texts that are compared; cheap while the dictionaries stay the same.</summary>
    /// <param name="levels">Per column of the source: the texts behind the codes.</param>
    internal void Bind(IReadOnlyList<IReadOnlyList<string>?> levels)
    {
        for (int f = 0; f < _filters.Length; f++)
        {
            (EventFilter filter, int column) = _filters[f];
            if (filter.ComparesNumbers || ReferenceEquals(_levels[f], levels[column]))
            {
                continue;
            }

            _levels[f] = levels[column];
            _wanted[f] = -1;
            for (int code = 0; code < _levels[f]!.Count && _wanted[f] < 0; code++)
            {
                _wanted[f] = string.Equals(_levels[f]![code], filter.Category, StringComparison.Ordinal) ? code : -1;
            }
        }
    }

    /// <summary>Tells which facts pass.</summary>
    internal void Test(FactSet facts, Span<bool> passes)
    {
        passes.Fill(true);
        for (int f = 0; f < _filters.Length; f++)
        {
            (EventFilter filter, int column) = _filters[f];
            if (filter.ComparesNumbers)
            {
                ReadOnlySpan<double> numbers = facts.Numbers[column].Span(facts.Count);
                for (int i = 0; i < numbers.Length; i++)
                {
                    passes[i] &= filter.PassesNumber(numbers[i]);
                }
            }
            else
            {
                bool wantsEqual = filter.Operator == FilterOperator.Is;
                int wanted = _wanted[f];
                ReadOnlySpan<int> codes = facts.Codes[column].Span(facts.Count);
                for (int i = 0; i < codes.Length; i++)
                {
                    passes[i] &= (codes[i] == wanted && wanted >= 0) == wantsEqual;
                }
            }
        }
    }
}
