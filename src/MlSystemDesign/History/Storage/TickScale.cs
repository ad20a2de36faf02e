using System.Runtime.CompilerServices;

namespace MlSystemDesign.History;

/// <summary>What the integers of a column of times mean, so that a column can be read where it is instead of from a copy in ticks.</summary>
/// <param name="Epoch">The UTC ticks of 0.</param>
/// <param name="TicksPerUnit">The ticks of 1, from 1.</param>
internal readonly record struct TickScale(long Epoch, long TicksPerUnit)
{
    /// <summary>Gets the scale of UTC ticks.</summary>
    public static TickScale Ticks { get; } = new(0, 1);

    /// <summary>Returns the scale of times since 1970.</summary>
    public static TickScale Since1970(EpochUnit unit) => new(DateTime.UnixEpoch.Ticks, unit switch
    {
        EpochUnit.Seconds => TimeSpan.TicksPerSecond,
        EpochUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
        EpochUnit.Microseconds => TimeSpan.TicksPerMicrosecond,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), $"The unit must be one of {nameof(EpochUnit)}. Got {unit}. Use {nameof(EpochUnit.Seconds)}, {nameof(EpochUnit.Milliseconds)} or {nameof(EpochUnit.Microseconds)}."),
    });

    /// <summary>Returns the ticks of a time; −1 for one before the first or after the last date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ToTicks(long value)
    {
        long first = -Epoch / TicksPerUnit, last = (DateTimeOffset.MaxValue.Ticks - Epoch) / TicksPerUnit;
        return value >= first && value <= last ? Epoch + (value * TicksPerUnit) : -1;
    }

    /// <summary>Returns times in ticks, −1 for what is none; ticks as they are.</summary>
    /// <param name="values">The times.</param>
    /// <param name="room">At least as long; used when they are not in ticks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<long> ToTicks(ReadOnlySpan<long> values, Span<long> room)
    {
        if (this == Ticks || values.IsEmpty)
        {
            return values;
        }

        Span<long> ticks = room[..values.Length];
        (long first, long last) = (-Epoch / TicksPerUnit, (DateTimeOffset.MaxValue.Ticks - Epoch) / TicksPerUnit);
        (long epoch, long perUnit) = (Epoch, TicksPerUnit);
        for (int i = 0; i < ticks.Length; i++)
        {
            long value = values[i];
            ticks[i] = value >= first && value <= last ? epoch + (value * perUnit) : -1;
        }

        return ticks;
    }
}
