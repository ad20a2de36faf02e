using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Times that only the caller knows how to read: whole numbers that count something.</summary>
internal static class NumberedTimes
{
    public static void Add(ColumnBlock block, FactColumns batch, TimeRole role, Func<long, DateTimeOffset?> read)
    {
        block.RequireValues(batch, BadRowReason.TimeMissing);
        ReadOnlySpan<long> numbers = block.Integers(batch, BadRowReason.TimeUnreadable).Span;
        long[] ticks = new long[batch.Count];
        for (int row = 0; row < ticks.Length; row++)
        {
            if (!block.IsMissing(row))
            {
                ticks[row] = Read(block, row, numbers[row], batch, read);
            }
        }

        _ = role == TimeRole.Event ? batch.Time(ticks) : batch.KnownTime(ticks);
    }

    private static long Read(ColumnBlock block, int row, long number, FactColumns batch, Func<long, DateTimeOffset?> read)
    {
        try
        {
            if (read(number) is { } instant)
            {
                return instant.UtcTicks;
            }

            batch.BadRow(row, BadRowReason.TimeUnreadable, block.Name, number.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception thrown) when (thrown is not (OperationCanceledException or OutOfMemoryException or IOException))
        {
            batch.BadRow(row, BadRowReason.ConversionFailed, block.Name, $"{thrown.GetType().Name} ({thrown.Message})");
        }

        return 0;
    }
}
