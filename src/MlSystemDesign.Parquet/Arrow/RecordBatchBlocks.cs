using Apache.Arrow;
using MlSystemDesign.History;
using MlSystemDesign.Parquet.Blocks;

namespace MlSystemDesign.Parquet.Arrow;

/// <summary>The columns of a record batch.</summary>
internal sealed class RecordBatchBlocks(RecordBatch batch, IReadOnlySet<string> missingTexts)
    : BlockSource(batch.Length, [.. batch.Schema.FieldsList.Select(field => field.Name)], "a record batch")
{
    /// <summary>Turns a record batch into a batch of facts.</summary>
    public static FactColumns Read(RecordBatch batch, ColumnarMapping mapping) => mapping.Read(new RecordBatchBlocks(batch, mapping.MissingTexts));

    protected override ColumnBlock Read(int column) => ArrowColumns.ToBlock(batch.Schema.FieldsList[column].Name, batch.Column(column), missingTexts);
}
