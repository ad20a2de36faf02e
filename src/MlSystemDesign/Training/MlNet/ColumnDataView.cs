using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Columns of ours as ML.NET sees data, read in row order without a copy.</summary>
internal sealed class ColumnDataView : IDataView
{
    private readonly CancellationToken _cancellationToken;
    private readonly Column[] _columns;
    private readonly int _rows;

    /// <summary>Makes a view.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">Each can be read at 0 to n − 1.</param>
    /// <param name="cancellationToken">Ends whoever reads the rows.</param>
    internal ColumnDataView(int rows, IReadOnlyList<Column> columns, CancellationToken cancellationToken = default)
    {
        _rows = rows;
        _columns = [.. columns];
        _cancellationToken = cancellationToken;
        DataViewSchema.Builder builder = new();
        foreach (Column column in _columns)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Schema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => _rows;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = new bool[_columns.Length];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            active[column.Index] = true;
        }

        return new Cursor(this, active);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>A feature table, one column per feature under its own name, and what is beside it.</summary>
    internal static ColumnDataView Of(FeatureTable table, IReadOnlyList<Column> extra, CancellationToken cancellationToken = default) =>
        new(table.RowCount, [.. Enumerable.Range(0, table.Schema.Count).Select(c => Column.OfFeature(table, c)), .. extra], cancellationToken);

    /// <summary>A column: its name, its type for ML.NET, and how to read a row of it.</summary>
    internal sealed record Column(string Name, DataViewType Type, Delegate Read, DataViewSchema.Annotations? Annotations = null)
    {
        internal static Column OfFeature(FeatureTable table, int column)
        {
            FeatureColumn feature = table.Schema[column];
            if (feature.Kind == ColumnKind.Number)
            {
                return Single(feature.Name, row => table.Numbers(column)[row]);
            }

            ReadOnlyMemory<char>[] levels = [.. feature.Levels.Select(level => level.AsMemory())];
            Func<int, ReadOnlyMemory<char>> text = row => table.Codes(column)[row] is var code and >= 0 ? levels[code] : default;
            return new Column(feature.Name, TextDataViewType.Instance, text);
        }

        internal static Column Single(string name, Func<int, double> read)
        {
            Func<int, float> single = row => (float)read(row);
            return new Column(name, NumberDataViewType.Single, single);
        }

        internal static Column Boolean(string name, Func<int, bool> read) => new(name, BooleanDataViewType.Instance, read);
    }

    private sealed class Cursor(ColumnDataView view, bool[] active) : DataViewRowCursor
    {
        private int _row = -1;

        public override long Position => _row;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            view._cancellationToken.ThrowIfCancellationRequested();
            if (_row >= view._rows || ++_row >= view._rows)
            {
                _row = view._rows;
                return false;
            }

            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index] || view._columns[column.Index].Read is not Func<int, TValue> read)
            {
                throw new ArgumentException(
                    $"A getter must be asked for an active column, in its own type. Got {typeof(TValue).Name} for '{column.Name}', which is {column.Type}{(active[column.Index] ? string.Empty : " and not active")}. Ask for its type, and list it among the columns needed.",
                    nameof(column));
            }

            return (ref TValue value) => value = read(_row);
        }
    }
}
