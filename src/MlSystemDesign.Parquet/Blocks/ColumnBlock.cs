using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>The values of one column over some rows, whatever file or memory they came from. What a column cannot be mapped to, it refuses with the types that can.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Its type in words, such as "timestamp[us, UTC]".</param>
/// <param name="count">The number of rows.</param>
internal abstract class ColumnBlock(string name, string type, int count)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public int Count { get; } = count;

    /// <summary>Gets the kind of key that the type suggests; <see langword="null"/> when it can be none.</summary>
    public virtual EntityKeyKind? KeyKind => null;

    /// <summary>Tells whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>Returns the value as text in the invariant culture. Called for rows that have one, of columns that can be a key.</summary>
    public virtual string TextAt(int row) => throw new NotSupportedException();

    /// <summary>Returns one number per row; NaN is missing.</summary>
    /// <exception cref="DataFormatException">The column does not hold numbers.</exception>
    public virtual ReadOnlyMemory<double> Numbers() => throw Refuse("a number", "integers, floating point numbers, decimals or booleans");

    /// <summary>Adds the column to a batch as a category.</summary>
    /// <exception cref="DataFormatException">The column does not hold categories.</exception>
    public virtual void AddCategory(FactColumns batch, string category) => throw Refuse("a category", "texts, integers, booleans or GUIDs");

    /// <summary>Adds the column to a batch as its times.</summary>
    /// <exception cref="DataFormatException">The column does not hold times.</exception>
    public virtual void AddTime(FactColumns batch, TimeRole role, string? format) => throw Refuse("a time", "timestamps, dates or texts in ISO 8601");

    /// <summary>Returns one whole number per row.</summary>
    /// <exception cref="DataFormatException">The column does not hold integers.</exception>
    public virtual ReadOnlyMemory<long> Integers(FactColumns batch, BadRowReason reason) => throw Refuse("a whole number", "integers");

    /// <summary>Returns one mark per row; a missing one is false.</summary>
    /// <exception cref="DataFormatException">The column does not hold marks.</exception>
    public virtual ReadOnlyMemory<bool> Flags(FactColumns batch) => throw Refuse("a mark", "booleans, or the integers or texts 1 and 0");

    /// <summary>Reads the key of a row; the batch gets the fault when there is none.</summary>
    public virtual EntityKey KeyAt(int row, EntityKeyKind kind, FactColumns batch)
    {
        string text = TextAt(row);
        switch (kind)
        {
            case EntityKeyKind.Text:
                return new EntityKey(text);
            case EntityKeyKind.Integer when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long integer):
                return new EntityKey(integer);
            case EntityKeyKind.Guid when Guid.TryParse(text, CultureInfo.InvariantCulture, out Guid guid):
                return new EntityKey(guid);
            default:
                batch.BadRow(row, BadRowReason.EntityUnreadable, Name, $"'{Shortened(text)}' where a key of kind {kind} is mapped");
                return default;
        }
    }

    /// <summary>Returns the kind of key that the column gives.</summary>
    /// <param name="stated">The kind that the mapping states; otherwise it follows from the type.</param>
    /// <exception cref="DataFormatException">The column can be no key.</exception>
    public EntityKeyKind RequireKeyKind(EntityKeyKind? stated) => KeyKind is { } own ? stated ?? own : throw Refuse("a key", "texts, integers or GUIDs");

    /// <summary>Marks the rows that have no value as bad.</summary>
    public void RequireValues(FactColumns batch, BadRowReason reason)
    {
        for (int row = 0; row < Count; row++)
        {
            if (IsMissing(row))
            {
                batch.BadRow(row, reason, Name, "nothing");
            }
        }
    }

    /// <summary>Reads marks from the texts 1, 0, true and false; the batch gets the fault of another.</summary>
    protected bool[] FlagsOfTexts(FactColumns batch)
    {
        bool[] flags = new bool[Count];
        for (int row = 0; row < flags.Length; row++)
        {
            string text = IsMissing(row) ? "0" : TextAt(row);
            flags[row] = text == "1";
            if (text is not ("0" or "1") && !bool.TryParse(text, out flags[row]))
            {
                batch.BadRow(row, BadRowReason.FlagUnreadable, Name, $"'{Shortened(text)}'");
            }
        }

        return flags;
    }

    protected static string Shortened(string text) => text.Length <= 60 ? text : text[..57] + "...";

    protected DataFormatException Refuse(string role, string types, string? remedy = null) => new(
        $"A column mapped as {role} must hold {types}. Got {Type} in column '{Name}'. {remedy ?? "Map another column, or convert it where the data is written"}.",
        column: Name);
}
