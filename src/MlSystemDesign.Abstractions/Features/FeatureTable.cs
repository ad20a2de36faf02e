namespace MlSystemDesign;

/// <summary>One row per observation, column by column: doubles (NaN is missing) and int32 codes (−1 is missing).</summary>
/// <remarks>Immutable; safe for concurrent use. Also built directly from a user's own columns, with or without cutoffs, by <see cref="FeatureTableBuilder"/>.</remarks>
public sealed class FeatureTable
{
    private readonly ReadOnlyMemory<double>[] _numbers;
    private readonly ReadOnlyMemory<int>[] _codes;

    /// <summary>Creates a table over columns that are not changed afterwards.</summary>
    /// <param name="observations">n rows.</param>
    /// <param name="schema">The columns; a category column carries its levels.</param>
    /// <param name="numbers">Per column: n values for a number column, empty for a category.</param>
    /// <param name="codes">Per column: n codes for a category column, each −1 or a position in its levels; empty for a number.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a code is outside its dictionary.</exception>
    public FeatureTable(ObservationSet observations, FeatureSchema schema, ReadOnlyMemory<double>[] numbers, ReadOnlyMemory<int>[] codes)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(codes);
        if (numbers.Length != schema.Count || codes.Length != schema.Count)
        {
            throw new ArgumentException($"A table must have one array per column ({schema.Count}). Got {numbers.Length} and {codes.Length}. Build the arrays from the schema.");
        }

        for (int c = 0; c < schema.Count; c++)
        {
            int length = schema[c].Kind == ColumnKind.Number ? numbers[c].Length : codes[c].Length;
            if (length != observations.Count)
            {
                throw new ArgumentException($"Every column must have one value per row ({observations.Count}). Got {length} in '{schema[c].Name}'. Fill the column.");
            }

            foreach (int code in codes[c].Span)
            {
                if (code < -1 || code >= schema[c].Levels.Count)
                {
                    throw new ArgumentException($"A code must be -1 or a position in its dictionary of {schema[c].Levels.Count}. Got {code} in '{schema[c].Name}'. Give the column its levels.");
                }
            }
        }

        Observations = observations;
        Schema = schema;
        _numbers = numbers;
        _codes = codes;
    }

    /// <summary>Gets the rows.</summary>
    public ObservationSet Observations { get; }

    /// <summary>Gets the columns.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount => Observations.Count;

    /// <summary>Gets the values of a number column.</summary>
    /// <param name="column">The position.</param>
    /// <returns>n values; NaN means missing. Empty for a category column.</returns>
    public ReadOnlySpan<double> Numbers(int column) => _numbers[column].Span;

    /// <summary>Gets the values of a number column.</summary>
    /// <param name="name">The name of a number column.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds categories.</exception>
    public ReadOnlySpan<double> Numbers(string name)
    {
        int column = Schema.Require(name);
        return Schema[column].Kind == ColumnKind.Number
            ? _numbers[column].Span
            : throw new ArgumentException($"The column must hold numbers. Got '{name}', which holds categories. Read it with Codes or CategoryAt.", nameof(name));
    }

    /// <summary>Gets the codes of a category column.</summary>
    /// <param name="column">The position.</param>
    /// <returns>n codes into the column's levels; −1 means missing. Empty for a number column.</returns>
    public ReadOnlySpan<int> Codes(int column) => _codes[column].Span;

    /// <summary>Gets the text of a category.</summary>
    /// <param name="name">The name of a category column.</param>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The text, or <see langword="null"/> when missing.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it holds numbers.</exception>
    public string? CategoryAt(string name, int row)
    {
        int column = Schema.Require(name);
        if (Schema[column].Kind != ColumnKind.Category)
        {
            throw new ArgumentException($"The column must hold categories. Got '{name}', which holds numbers. Read it with Numbers.", nameof(name));
        }

        int code = _codes[column].Span[row];
        return code < 0 ? null : Schema[column].Levels[code];
    }

    /// <summary>Picks rows.</summary>
    /// <param name="rows">Row positions, in the order wanted.</param>
    public FeatureTable SelectRows(ReadOnlySpan<int> rows)
    {
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[Schema.Count];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[Schema.Count];
        for (int c = 0; c < Schema.Count; c++)
        {
            if (Schema[c].Kind == ColumnKind.Number)
            {
                numbers[c] = Pick(_numbers[c].Span, rows);
            }
            else
            {
                codes[c] = Pick(_codes[c].Span, rows);
            }
        }

        return new FeatureTable(Observations.Select(rows), Schema, numbers, codes);
    }

    /// <summary>Returns the same values as rows of others.</summary>
    /// <param name="observations">As many rows.</param>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public FeatureTable WithObservations(ObservationSet observations) => new(observations, Schema, _numbers, _codes);

    /// <summary>Returns the columns of another schema, in its order, with codes in its dictionaries: what a model was trained on.</summary>
    /// <param name="schema">The schema wanted. A category that it does not know becomes missing (−1).</param>
    /// <exception cref="ArgumentException">A column is missing here, or is of another kind.</exception>
    public FeatureTable AlignTo(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (ReferenceEquals(schema, Schema))
        {
            return this;
        }

        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[schema.Count];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[schema.Count];
        for (int c = 0; c < schema.Count; c++)
        {
            FeatureColumn wanted = schema[c];
            int source = Schema.Require(wanted.Name);
            FeatureColumn have = Schema[source];
            if (have.Kind != wanted.Kind)
            {
                throw new ArgumentException($"Column '{wanted.Name}' must hold {wanted.Kind} values. Got {have.Kind}. Build the table with the plan that the model was trained on.");
            }

            if (wanted.Kind == ColumnKind.Number)
            {
                numbers[c] = _numbers[source];
            }
            else
            {
                int[] map = [.. have.Levels.Select(wanted.CodeOf)];
                int[] mapped = new int[RowCount];
                ReadOnlySpan<int> from = _codes[source].Span;
                for (int i = 0; i < mapped.Length; i++)
                {
                    mapped[i] = from[i] < 0 ? -1 : map[from[i]];
                }

                codes[c] = mapped;
            }
        }

        return new FeatureTable(Observations, schema, numbers, codes);
    }

    private static T[] Pick<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
