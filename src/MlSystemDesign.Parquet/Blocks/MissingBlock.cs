using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>A column without any value: it may be mapped to anything.</summary>
internal sealed class MissingBlock(string name, string type, int count) : ColumnBlock(name, type, count)
{
    public override EntityKeyKind? KeyKind => EntityKeyKind.Text;

    public override bool IsMissing(int row) => true;

    public override ReadOnlyMemory<double> Numbers()
    {
        double[] numbers = new double[Count];
        Array.Fill(numbers, double.NaN);
        return numbers;
    }

    public override void AddCategory(FactColumns batch, string category) => batch.Category(category, new string?[Count]);

    public override void AddTime(FactColumns batch, TimeRole role, string? format)
    {
        RequireValues(batch, BadRowReason.TimeMissing);
        _ = role == TimeRole.Event ? batch.Time(new long[Count]) : batch.KnownTime(new long[Count]);
    }

    public override ReadOnlyMemory<long> Integers(FactColumns batch, BadRowReason reason)
    {
        RequireValues(batch, reason);
        return new long[Count];
    }

    public override ReadOnlyMemory<bool> Flags(FactColumns batch) => new bool[Count];
}
