using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Whole numbers.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="values">One per row, read in place.</param>
/// <param name="valid">False where a value is missing; empty when none is.</param>
/// <param name="isUnsigned">Whether the 64 bits hold no sign.</param>
internal sealed class IntegerBlock(string name, string type, ReadOnlyMemory<long> values, ReadOnlyMemory<bool> valid, bool isUnsigned = false)
    : ColumnBlock(name, type, values.Length)
{
    public override EntityKeyKind? KeyKind => EntityKeyKind.Integer;

    public override bool IsMissing(int row) => !valid.IsEmpty && !valid.Span[row];

    public override string TextAt(int row) => Text(values.Span[row]);

    public override ReadOnlyMemory<double> Numbers()
    {
        double[] numbers = new double[Count];
        ReadOnlySpan<long> from = values.Span;
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = IsMissing(row) ? double.NaN : isUnsigned ? (ulong)from[row] : from[row];
        }

        return numbers;
    }

    public override void AddCategory(FactColumns batch, string category)
    {
        Dictionary<long, int> known = [];
        List<string> levels = [];
        int[] codes = new int[Count];
        for (int row = 0; row < codes.Length; row++)
        {
            long value = values.Span[row];
            if (IsMissing(row))
            {
                codes[row] = -1;
            }
            else if (!known.TryGetValue(value, out codes[row]))
            {
                known.Add(value, codes[row] = levels.Count);
                levels.Add(Text(value));
            }
        }

        batch.Category(category, codes, levels);
    }

    public override void AddTime(FactColumns batch, TimeRole role, string? format) => throw Refuse(
        "a time", "timestamps, dates or texts in ISO 8601", "Say what the numbers count, as in Time(column, (long s) => DateTimeOffset.FromUnixTimeSeconds(s))");

    public override ReadOnlyMemory<long> Integers(FactColumns batch, BadRowReason reason)
    {
        RequireValues(batch, reason);
        for (int row = 0; isUnsigned && row < Count; row++)
        {
            if (values.Span[row] < 0 && !IsMissing(row))
            {
                batch.BadRow(row, reason, Name, $"{TextAt(row)}, which needs more than 63 bits");
            }
        }

        return values;
    }

    public override ReadOnlyMemory<bool> Flags(FactColumns batch) => FlagsOfTexts(batch);

    public override EntityKey KeyAt(int row, EntityKeyKind kind, FactColumns batch) =>
        kind == EntityKeyKind.Integer && !isUnsigned ? new EntityKey(values.Span[row]) : base.KeyAt(row, kind, batch);

    private string Text(long value) => isUnsigned ? ((ulong)value).ToString(CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
}
