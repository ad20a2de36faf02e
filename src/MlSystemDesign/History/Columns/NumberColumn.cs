namespace MlSystemDesign.History;

/// <summary>Numbers.</summary>
internal sealed class NumberColumn(string name, string? unit, ReadOnlyMemory<double> values) : ValueColumn(new SourceColumn(name, ColumnKind.Number, unit))
{
    public override void Read(int row, int place, RowDraft draft)
    {
        double number = values.Span[row];
        if (double.IsInfinity(number))
        {
            draft.Fail(BadRowReason.NumberInfinite, Column.Name, number > 0 ? "+infinity" : "-infinity");
        }

        draft.Numbers[place] = number;
    }

    public override void Mark(int start, Span<int> ids)
    {
        ReadOnlySpan<double> numbers = values.Span.Slice(start, ids.Length);
        if (ColumnScan.HasInfinity(numbers))
        {
            for (int i = 0; i < ids.Length; i++)
            {
                ids[i] = double.IsInfinity(numbers[i]) ? -1 : ids[i];
            }
        }
    }

    public override ReadOnlyMemory<double> ToNumbers() => values;
}
