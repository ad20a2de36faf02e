using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Which columns predictions need, and rows with them appended: what a <c>PredictionEngine</c> works with.</summary>
internal sealed class ScoringMapper(ModelTransformer transformer, DataViewSchema input, DataViewSchema output) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        HashSet<int> needed = [];
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            needed.UnionWith(column.Index < input.Count ? [column.Index] : InputColumns.Find(transformer.Model.Schema, input).Select(c => c.Index));
        }

        return needed.Order().Select(index => input[index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(this, input, activeColumns);

    /// <summary>A row or cursor of the input as one with predictions.</summary>
    internal sealed class Getters(ScoringMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
    {
        private readonly HashSet<int> _active = [.. active.Select(c => c.Index)];
        private RowScorer? _scorer;

        internal bool IsActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        /// <exception cref="ArgumentException">The column is not active, or of another type.</exception>
        internal ValueGetter<TValue> Of<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < mapper.InputSchema.Count)
            {
                return input.GetGetter<TValue>(input.Schema[column.Index]);
            }

            if (IsActive(column))
            {
                _scorer ??= new RowScorer(mapper.Transformer.Model, input);
                if (mapper.Transformer.Getter(column.Index - mapper.InputSchema.Count, _scorer.Scored) is ValueGetter<TValue> getter)
                {
                    return getter;
                }
            }

            throw new ArgumentException(
                $"A getter must be asked for an active column, in its own type. Got {typeof(TValue).Name} for '{column.Name}', which is {column.Type}{(IsActive(column) ? string.Empty : " and not active")}. Ask for its type, and list it among the columns needed.",
                nameof(column));
        }
    }

    private ModelTransformer Transformer => transformer;

    private sealed class Row(ScoringMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active) : DataViewRow
    {
        private readonly Getters _getters = new(mapper, input, active);

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Of<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
