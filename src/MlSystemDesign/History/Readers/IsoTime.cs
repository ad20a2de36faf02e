namespace MlSystemDesign.History;

/// <summary>Reads ISO 8601 times: <c>yyyy-MM-dd</c>, then <c>T</c> or a space and <c>HH:mm[:ss[.fffffff]]</c>, then <c>Z</c> or an offset such as <c>+02:00</c>, <c>+0200</c> or <c>+02</c>.</summary>
internal static class IsoTime
{
    /// <summary>Reads a time.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="clock">The time on the clock; of kind Utc when the text has a zone, then converted.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime clock)
    {
        clock = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        clock = new DateTime(year, month, day);
        return text.Length == 10 || (text[10] is 'T' or ' ' && TryAddTime(text[11..], ref clock));
    }

    private static bool TryAddTime(ReadOnlySpan<char> text, ref DateTime clock)
    {
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out int hour) || !Digits(text[3..5], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        long ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[5..];
        if (text.Length > 0 && text[0] == ':')
        {
            if (text.Length < 3 || !Digits(text[1..3], out int second) || second > 59)
            {
                return false;
            }

            ticks += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if (text.Length > 0 && text[0] == '.' && !TryTakeFraction(ref text, ref ticks))
            {
                return false;
            }
        }

        clock = clock.AddTicks(ticks);
        return text.Length == 0 || TryApplyZone(text, ref clock);
    }

    /// <summary>Reads up to seven digits after the point; further digits are below a tick and are cut off.</summary>
    private static bool TryTakeFraction(ref ReadOnlySpan<char> text, ref long ticks)
    {
        int digits = 0;
        long unit = TimeSpan.TicksPerSecond;
        while (digits + 1 < text.Length && char.IsAsciiDigit(text[digits + 1]))
        {
            unit /= 10;
            ticks += (text[++digits] - '0') * unit;
        }

        text = text[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryApplyZone(ReadOnlySpan<char> text, ref DateTime clock)
    {
        long offset = 0;
        if (text is not "Z" and not "z")
        {
            if (text[0] is not ('+' or '-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':'))
            {
                return false;
            }

            int minute = 0;
            if (!Digits(text[1..3], out int hour) || (text.Length > 3 && !Digits(text[^2..], out minute)) || hour > 14 || minute > 59)
            {
                return false;
            }

            offset = ((hour * 60) + minute) * (text[0] == '-' ? -TimeSpan.TicksPerMinute : TimeSpan.TicksPerMinute);
        }

        long ticks = clock.Ticks - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        clock = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
