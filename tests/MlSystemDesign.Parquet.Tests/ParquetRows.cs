using MlSystemDesign.History;
using MlSystemDesign.Tests.History;

namespace MlSystemDesign.Parquet.Tests;

/// <summary>Random rows as Parquet files.</summary>
internal static class ParquetRows
{
    public static byte[] File(Row[] rows, int rowsPerGroup) => TestColumn.File(
        rowsPerGroup,
        TestColumn.Texts("who", [.. rows.Select(r => r.Who)]),
        TestColumn.Utc("at", [.. rows.Select(r => r.At.UtcDateTime)]),
        TestColumn.Utc("known", [.. rows.Select(r => r.Known.UtcDateTime)]),
        TestColumn.Of("seq", rows.Select(r => r.Sequence).ToArray()),
        TestColumn.OfNullable("amount", rows.Select(r => double.IsNaN(r.Amount) ? null : (double?)r.Amount).ToArray()),
        TestColumn.Texts("kind", [.. rows.Select(r => r.Kind)]),
        TestColumn.Of("key", rows.Select(r => r.EventKey).ToArray()),
        TestColumn.Of("gone", rows.Select(r => r.Kind == "ı").ToArray())); // retractions where they are asked for

    public static Action<ColumnarMapping> Map(bool corrections, bool retractions = false) => m =>
    {
        m.Entity("who").Time("at").KnownTime("known").Sequence("seq").Number("amount").Category("kind");
        if (corrections)
        {
            m.EventKey("key");
        }

        if (retractions)
        {
            m.Retracted("gone");
        }
    };
}
