using System.Globalization;
using System.Text;

namespace MlSystemDesign;

/// <summary>The type of the value inside an <see cref="EntityKey"/>.</summary>
public enum EntityKeyKind
{
    /// <summary>Text, compared ordinally. The default key is the empty text.</summary>
    Text,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A GUID.</summary>
    Guid,

    /// <summary>Several keys in a fixed order.</summary>
    Composite,
}

/// <summary>Names what is scored: a customer, a shop, a contract. Text, integer, GUID or several of them.</summary>
/// <remarks>Keys of different kinds are never equal: the text "7" is not the integer 7. The order is total: kind first, then value (text ordinally), so
/// that it is the same in every culture.</remarks>
public readonly struct EntityKey : IEquatable<EntityKey>, IComparable<EntityKey>
{
    private static readonly object IntegerTag = new();

    // 16 bytes, because tables hold one key per row. The reference tells the kind: a string, IntegerTag, a boxed Guid or EntityKey[]; null is the empty text.
    private readonly object? _reference;
    private readonly long _integer;

    private EntityKey(object? reference, long integer)
    {
        _reference = reference;
        _integer = integer;
    }

    /// <summary>Creates a text key.</summary>
    /// <param name="value">The text, taken as it is: no trimming, no change of case.</param>
    public EntityKey(string value)
        : this(value ?? throw new ArgumentNullException(nameof(value)), 0)
    {
    }

    /// <summary>Creates an integer key.</summary>
    /// <param name="value">Any value.</param>
    public EntityKey(long value)
        : this(IntegerTag, value)
    {
    }

    /// <summary>Creates a GUID key.</summary>
    /// <param name="value">Any value.</param>
    public EntityKey(Guid value)
        : this((object)value, 0)
    {
    }

    /// <summary>Gets the type of the value.</summary>
    public EntityKeyKind Kind => _reference switch
    {
        null or string => EntityKeyKind.Text,
        Guid => EntityKeyKind.Guid,
        EntityKey[] => EntityKeyKind.Composite,
        _ => EntityKeyKind.Integer,
    };

    /// <summary>Gets the parts of a composite key; the key itself otherwise.</summary>
    public IReadOnlyList<EntityKey> Parts => Kind == EntityKeyKind.Composite ? (EntityKey[])_reference! : [this];

    private string Text => (string?)_reference ?? string.Empty;

    /// <summary>Creates a key of several parts.</summary>
    /// <param name="parts">At least two keys, none of them composite.</param>
    public static EntityKey Composite(params ReadOnlySpan<EntityKey> parts)
    {
        if (parts.Length < 2)
        {
            throw new ArgumentException(
                $"A composite key must have at least two parts. Got {parts.Length.ToString(CultureInfo.InvariantCulture)}. Use the single key itself instead.", nameof(parts));
        }

        foreach (EntityKey part in parts)
        {
            if (part.Kind == EntityKeyKind.Composite)
            {
                throw new ArgumentException($"The parts of a composite key must be single keys. Got '{part}'. List its parts instead.", nameof(parts));
            }
        }

        return new EntityKey(parts.ToArray(), 0);
    }

    /// <summary>Gets the value of an integer key.</summary>
    /// <param name="value">The value; zero for a key of another kind.</param>
    /// <returns>Whether the key is an integer.</returns>
    public bool TryGetInteger(out long value)
    {
        bool isInteger = ReferenceEquals(_reference, IntegerTag);
        value = isInteger ? _integer : 0;
        return isInteger;
    }

    /// <summary>Gets the value of a GUID key.</summary>
    /// <param name="value">The value; the empty GUID for a key of another kind.</param>
    /// <returns>Whether the key is a GUID.</returns>
    public bool TryGetGuid(out Guid value)
    {
        bool isGuid = _reference is Guid;
        value = isGuid ? (Guid)_reference! : default;
        return isGuid;
    }

    /// <summary>Reads what <see cref="ToCanonicalString"/> wrote.</summary>
    /// <param name="text">Canonical text, such as <c>s:anna</c>, <c>i:42</c> or <c>c:s:AAA;i:7</c>.</param>
    /// <exception cref="FormatException">The text is not a canonical key.</exception>
    public static EntityKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("c:", StringComparison.Ordinal))
        {
            EntityKey[] parts = [.. text[2..].Split(';').Select(p => ParseSingle(Unescape(p)))];
            return parts.Length > 1 ? Composite(parts) : throw NotCanonical(text);
        }

        return ParseSingle(text);
    }

    /// <summary>Converts text to a key.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator EntityKey(string value) => new(value);

    /// <summary>Converts an integer to a key.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator EntityKey(long value) => new(value);

    /// <summary>Converts a GUID to a key.</summary>
    /// <param name="value">The GUID.</param>
    public static implicit operator EntityKey(Guid value) => new(value);

    /// <summary>Equality of kind and value.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator ==(EntityKey left, EntityKey right) => left.Equals(right);

    /// <summary>Inequality of kind or value.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator !=(EntityKey left, EntityKey right) => !left.Equals(right);

    /// <summary>The total order.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator <(EntityKey left, EntityKey right) => left.CompareTo(right) < 0;

    /// <summary>The total order.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator <=(EntityKey left, EntityKey right) => left.CompareTo(right) <= 0;

    /// <summary>The total order.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator >(EntityKey left, EntityKey right) => left.CompareTo(right) > 0;

    /// <summary>The total order.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    public static bool operator >=(EntityKey left, EntityKey right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(EntityKey other)
    {
        EntityKeyKind kind = Kind, otherKind = other.Kind;
        if (kind != otherKind)
        {
            return kind.CompareTo(otherKind);
        }

        switch (kind)
        {
            case EntityKeyKind.Text: return string.CompareOrdinal(Text, other.Text);
            case EntityKeyKind.Integer: return _integer.CompareTo(other._integer);
            case EntityKeyKind.Guid: return ((Guid)_reference!).CompareTo((Guid)other._reference!);
            default:
                EntityKey[] mine = (EntityKey[])_reference!, theirs = (EntityKey[])other._reference!;
                for (int i = 0; i < Math.Min(mine.Length, theirs.Length); i++)
                {
                    int order = mine[i].CompareTo(theirs[i]);
                    if (order != 0)
                    {
                        return order;
                    }
                }

                return mine.Length.CompareTo(theirs.Length);
        }
    }

    /// <inheritdoc/>
    public bool Equals(EntityKey other) => ReferenceEquals(_reference, IntegerTag)
        ? ReferenceEquals(other._reference, IntegerTag) && _integer == other._integer
        : Kind == other.Kind && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntityKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (ReferenceEquals(_reference, IntegerTag))
        {
            return _integer.GetHashCode();
        }

        switch (Kind)
        {
            case EntityKeyKind.Text: return Text.GetHashCode(StringComparison.Ordinal);
            case EntityKeyKind.Guid: return ((Guid)_reference!).GetHashCode();
            default:
                HashCode hash = default;
                foreach (EntityKey part in (EntityKey[])_reference!)
                {
                    hash.Add(part);
                }

                return hash.ToHashCode();
        }
    }

    /// <summary>Returns the value for a person to read; a composite key as its parts joined by <c>/</c>. Not unique across kinds.</summary>
    public override string ToString() => Kind switch
    {
        EntityKeyKind.Text => Text,
        EntityKeyKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        EntityKeyKind.Guid => ((Guid)_reference!).ToString("D"),
        _ => string.Join('/', (EntityKey[])_reference!),
    };

    /// <summary>Returns text that <see cref="Parse"/> turns back into an equal key: unique across kinds, the same in every culture.</summary>
    public string ToCanonicalString() => Kind switch
    {
        EntityKeyKind.Text => "s:" + Text,
        EntityKeyKind.Integer => "i:" + ToString(),
        EntityKeyKind.Guid => "g:" + ToString(),
        _ => "c:" + string.Join(';', ((EntityKey[])_reference!).Select(p => Escape(p.ToCanonicalString()))),
    };

    private static EntityKey ParseSingle(string text)
    {
        string value = text.Length >= 2 ? text[2..] : string.Empty;
        return text.Length >= 2 && text[1] == ':'
            ? text[0] switch
            {
                's' => new EntityKey(value),
                'i' when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) => new EntityKey(integer),
                'g' when Guid.TryParseExact(value, "D", out Guid guid) => new EntityKey(guid),
                _ => throw NotCanonical(text),
            }
            : throw NotCanonical(text);
    }

    private static FormatException NotCanonical(string text) =>
        new($"A canonical entity key must start with s:, i:, g: or c: and hold a value of that kind. Got '{text}'. Pass what ToCanonicalString returned.");

    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string Unescape(string text) =>
        new StringBuilder(text).Replace("%3B", ";").Replace("%25", "%").ToString();
}
