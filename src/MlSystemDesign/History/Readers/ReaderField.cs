using System.Data;
using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>One column of a reader, read as text, number, time or key in the invariant culture. Blank text is missing.</summary>
internal sealed class ReaderField(int ordinal, string name, Type type, HashSet<string> missingTexts)
{
    private readonly TypeCode _code = Type.GetTypeCode(type);

    public string Name { get; } = name;

    /// <summary>Gets the kind of key that the column's type suggests.</summary>
    public EntityKeyKind KeyKind => type == typeof(Guid) ? EntityKeyKind.Guid
        : _code is >= TypeCode.SByte and <= TypeCode.UInt64 ? EntityKeyKind.Integer
        : EntityKeyKind.Text;

    /// <summary>Reads text.</summary>
    /// <returns>The text as it is, not trimmed; <see langword="null"/> when missing.</returns>
    public string? Text(IDataRecord record, RowDraft draft)
    {
        draft.Column = Name;
        if (record.IsDBNull(ordinal))
        {
            return null;
        }

        string? text = _code == TypeCode.String ? record.GetString(ordinal) : Convert.ToString(record.GetValue(ordinal), CultureInfo.InvariantCulture);
        return string.IsNullOrWhiteSpace(text) || (missingTexts.Count > 0 && missingTexts.Contains(text)) ? null : text;
    }

    /// <summary>Reads a number. Missing and the text NaN are NaN; what cannot be read, or is infinite, fails the row.</summary>
    public double Number(IDataRecord record, RowDraft draft)
    {
        draft.Column = Name;
        if (record.IsDBNull(ordinal))
        {
            return double.NaN;
        }

        switch (_code)
        {
            case TypeCode.Double: return Finite(record.GetDouble(ordinal), draft);
            case TypeCode.Single: return Finite(record.GetFloat(ordinal), draft);
            case TypeCode.Decimal: return (double)record.GetDecimal(ordinal);
            case TypeCode.Int64: return record.GetInt64(ordinal);
            case TypeCode.Int32: return record.GetInt32(ordinal);
            default: break;
        }

        object value = _code == TypeCode.String ? record.GetString(ordinal) : record.GetValue(ordinal);
        if (value is not string && value is IConvertible number && number.GetTypeCode() is TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.Decimal))
        {
            return Finite(number.ToDouble(CultureInfo.InvariantCulture), draft);
        }

        string? text = Text(record, draft);
        if (text is null)
        {
            return double.NaN;
        }

        if (TryParseNumber(text, out double parsed))
        {
            return Finite(parsed, draft);
        }

        draft.Fail(BadRowReason.NumberUnreadable, Name, $"'{Shortened(text)}'");
        return double.NaN;
    }

    /// <summary>Reads an instant.</summary>
    /// <returns>UTC ticks; the draft holds the fault when there is none.</returns>
    public long Time(IDataRecord record, TimeFormat format, TimeZoneInfo? zone, RowDraft draft)
    {
        draft.Column = Name;
        if (!record.IsDBNull(ordinal) && _code != TypeCode.String && format.Convert is null)
        {
            switch (record.GetValue(ordinal))
            {
                case DateTimeOffset instant: return instant.UtcTicks;
                case DateTime clock: return LocalTime.Resolve(clock, zone, Name, draft);
                case DateOnly day: return LocalTime.Resolve(day.ToDateTime(TimeOnly.MinValue), zone, Name, draft);
                default: break;
            }
        }

        string? text = Text(record, draft);
        if (text is null)
        {
            draft.Fail(BadRowReason.TimeMissing, Name, "nothing");
            return 0;
        }

        if (format.Convert is not null)
        {
            return format.Convert(text) is { } converted ? converted.UtcTicks : Unreadable(BadRowReason.TimeUnreadable, text, draft);
        }

        return format.TryParse(text, out DateTime time) ? LocalTime.Resolve(time, zone, Name, draft) : Unreadable(BadRowReason.TimeUnreadable, text, draft);
    }

    /// <summary>Reads a whole number.</summary>
    public long Integer(IDataRecord record, RowDraft draft)
    {
        string? text = Text(record, draft);
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            ? value
            : Unreadable(BadRowReason.SequenceUnreadable, text ?? string.Empty, draft);
    }

    /// <summary>Reads true or false, 1 or 0; missing is false.</summary>
    public bool Flag(IDataRecord record, RowDraft draft)
    {
        string? text = Text(record, draft);
        switch (text)
        {
            case null or "0": return false;
            case "1": return true;
            default: break;
        }

        if (!bool.TryParse(text, out bool flag))
        {
            draft.Fail(BadRowReason.FlagUnreadable, Name, $"'{Shortened(text)}'");
        }

        return flag;
    }

    /// <summary>Reads a key of one part.</summary>
    /// <param name="record">The row.</param>
    /// <param name="kind">The kind of key.</param>
    /// <param name="missing">The fault when the field is missing.</param>
    /// <param name="draft">Gets the fault.</param>
    public EntityKey Key(IDataRecord record, EntityKeyKind kind, BadRowReason missing, RowDraft draft)
    {
        string? text = Text(record, draft);
        if (text is null)
        {
            draft.Fail(missing, Name, "nothing");
            return default;
        }

        switch (kind)
        {
            case EntityKeyKind.Text:
                return new EntityKey(text);
            case EntityKeyKind.Integer when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long integer):
                return new EntityKey(integer);
            case EntityKeyKind.Guid when Guid.TryParse(text, CultureInfo.InvariantCulture, out Guid guid):
                return new EntityKey(guid);
            default:
                draft.Fail(BadRowReason.EntityUnreadable, Name, $"'{Shortened(text)}' where a key of kind {kind} is mapped");
                return default;
        }
    }

    /// <summary>Reads a number in the invariant culture, without thousands separators; overflow is infinite.</summary>
    public static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private double Finite(double value, RowDraft draft)
    {
        if (double.IsInfinity(value))
        {
            draft.Fail(BadRowReason.NumberInfinite, Name, value > 0 ? "+infinity" : "-infinity");
        }

        return value;
    }

    private long Unreadable(BadRowReason reason, string text, RowDraft draft)
    {
        draft.Fail(reason, Name, $"'{Shortened(text)}'");
        return 0;
    }
}
