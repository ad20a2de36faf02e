using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>Turns a feature table into an Arrow record batch.</summary>
internal static class FeatureTableBatch
{
    public static RecordBatch Of(FeatureTable table)
    {
        FeatureTableHeader header = FeatureTableHeader.Of(table);
        Schema.Builder schema = new Schema.Builder().Metadata(FeatureTableHeader.MetadataKey, header.ToJson());
        List<IArrowArray> columns = [];
        Add(header.EntityColumn, Entities(table, header.EntityForm), isNullable: false);
        if (header.CutoffColumn is { } cutoff)
        {
            Add(cutoff, Cutoffs(table.Observations.CutoffTicks), isNullable: false);
        }

        for (int c = 0; c < table.Schema.Count; c++)
        {
            Add(table.Schema[c].Name, table.Schema[c].Kind == ColumnKind.Number ? Numbers(table.Numbers(c)) : Categories(table.Codes(c), table.Schema[c].Levels), isNullable: true);
        }

        return new RecordBatch(schema.Build(), columns, table.RowCount);

        void Add(string name, IArrowArray array, bool isNullable)
        {
            schema.Field(new Field(name, array.Data.DataType, isNullable));
            columns.Add(array);
        }
    }

    private static IArrowArray Entities(FeatureTable table, EntityForm form)
    {
        EntityKey[] keys = table.Observations.Entities.ToArray();
        return form switch
        {
            EntityForm.Integer => new Int64Array.Builder().AppendRange(keys.Select(EntityValue.Integer)).Build(),
            EntityForm.Guid => new GuidArray.Builder().AppendRange(keys.Select(EntityValue.Guid)).Build(),
            EntityForm.Text => new StringArray.Builder().AppendRange(keys.Select(key => key.ToString())).Build(),
            _ => new StringArray.Builder().AppendRange(keys.Select(key => key.ToCanonicalString())).Build(),
        };
    }

    private static TimestampArray Cutoffs(ReadOnlySpan<long> ticks)
    {
        bool nanoseconds = CutoffUnit.NeedsNanoseconds(ticks);
        long[] values = System.Array.ConvertAll(ticks.ToArray(), tick => CutoffUnit.ToStored(tick, nanoseconds));
        ArrowBuffer buffer = new ArrowBuffer.Builder<long>(values.Length).AppendRange(values).Build();
        return new TimestampArray(new TimestampType(nanoseconds ? TimeUnit.Nanosecond : TimeUnit.Microsecond, "UTC"), buffer, ArrowBuffer.Empty, values.Length, 0, 0);
    }

    private static DoubleArray Numbers(ReadOnlySpan<double> values)
    {
        DoubleArray.Builder builder = new DoubleArray.Builder().Reserve(values.Length);
        foreach (double value in values)
        {
            _ = double.IsNaN(value) ? builder.AppendNull() : builder.Append(value);
        }

        return builder.Build();
    }

    private static DictionaryArray Categories(ReadOnlySpan<int> codes, IReadOnlyList<string> levels)
    {
        Int32Array.Builder builder = new Int32Array.Builder().Reserve(codes.Length);
        foreach (int code in codes)
        {
            _ = code < 0 ? builder.AppendNull() : builder.Append(code);
        }

        return new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), builder.Build(), new StringArray.Builder().AppendRange(levels).Build());
    }
}
