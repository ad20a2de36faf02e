using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Times as counts since 1970-01-01: instants, or what a clock showed.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words.</param>
/// <param name="values">One per row, in the unit.</param>
/// <param name="valid">False where a value is missing; empty when none is.</param>
/// <param name="unit">What the values count.</param>
/// <param name="isInstant">Whether they count from 1970 UTC; otherwise they are times on a clock, in the mapping's zone.</param>
internal sealed class TimeBlock(string name, string type, ReadOnlyMemory<long> values, ReadOnlyMemory<bool> valid, TimeUnit unit, bool isInstant)
    : ColumnBlock(name, type, values.Length)
{
    public override bool IsMissing(int row) => !valid.IsEmpty && !valid.Span[row];

    public override void AddTime(FactColumns batch, TimeRole role, string? format)
    {
        if (isInstant)
        {
            long[] ticks = new long[Count];
            for (int row = 0; row < ticks.Length; row++)
            {
                ticks[row] = TicksAt(row, batch);
            }

            _ = role == TimeRole.Event ? batch.Time(ticks) : batch.KnownTime(ticks);
        }
        else
        {
            DateTime[] clocks = new DateTime[Count];
            for (int row = 0; row < clocks.Length; row++)
            {
                clocks[row] = new DateTime(TicksAt(row, batch), DateTimeKind.Unspecified);
            }

            _ = role == TimeRole.Event ? batch.Time(clocks) : batch.KnownTime(clocks);
        }
    }

    private long TicksAt(int row, FactColumns batch)
    {
        if (IsMissing(row))
        {
            batch.BadRow(row, BadRowReason.TimeMissing, Name, "nothing");
            return 0;
        }

        if (TryGetTicks(row, out long ticks))
        {
            return ticks;
        }

        batch.BadRow(
            row,
            BadRowReason.TimeUnreadable,
            Name,
            string.Create(CultureInfo.InvariantCulture, $"{values.Span[row]} {unit.ToString().ToLowerInvariant()}s since 1970, outside the years 1 to 9999,"));
        return 0;
    }

    /// <summary>Converts a value to ticks of 100 ns since 0001-01-01.</summary>
    /// <returns>False when no date has it.</returns>
    public bool TryGetTicks(int row, out long ticks)
    {
        Int128 value = values.Span[row];
        Int128 exact = DateTime.UnixEpoch.Ticks + unit switch
        {
            TimeUnit.Day => value * TimeSpan.TicksPerDay,
            TimeUnit.Second => value * TimeSpan.TicksPerSecond,
            TimeUnit.Millisecond => value * TimeSpan.TicksPerMillisecond,
            TimeUnit.Microsecond => value * TimeSpan.TicksPerMicrosecond,
            TimeUnit.Nanosecond => (value - (((value % 100) + 100) % 100)) / 100,
            _ => value,
        };
        bool fits = exact >= 0 && exact <= DateTime.MaxValue.Ticks;
        ticks = fits ? (long)exact : 0;
        return fits;
    }
}
