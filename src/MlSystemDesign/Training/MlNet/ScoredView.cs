using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Data with the model's columns behind it, scored row by row while it is read.</summary>
internal sealed class ScoredView(IDataView input, ScoringMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(mapper, input.GetRowCursor(mapper.GetDependencies(columnsNeeded), rand), columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. input.GetRowCursorSet(mapper.GetDependencies(columnsNeeded), n, rand).Select(rows => new Cursor(mapper, rows, columnsNeeded))];

    private sealed class Cursor(ScoringMapper mapper, DataViewRowCursor rows, IEnumerable<DataViewSchema.Column> active) : DataViewRowCursor
    {
        private readonly ScoringMapper.Getters _getters = new(mapper, rows, active);

        public override long Position => rows.Position;

        public override long Batch => rows.Batch;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        public override bool MoveNext() => rows.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Of<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rows.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
