using System.Globalization;

namespace MlSystemDesign.Training.Trees;

/// <summary>The 'key=value' lines of one block of a LightGBM model text.</summary>
internal sealed class TextFields(string block)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public void Add(string line)
    {
        int at = line.IndexOf('=', StringComparison.Ordinal);
        _values[at < 0 ? line : line[..at]] = at < 0 ? "" : line[(at + 1)..];
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public string Text(string key) => _values.TryGetValue(key, out string? value)
        ? value
        : throw new TreeFormatException(
            $"A LightGBM model text must have '{key}' in {block}. Got none. Take the text from its source again.");

    public int Integer(string key) => ParseInteger(Text(key), key);

    public int[] Integers(string key, int count) => Parse(key, count, ParseInteger);

    public double[] Doubles(string key, int count) => Parse(key, count, ParseDouble);

    public uint[] Words(string key) => Parse(key, null, static (text, key) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : throw NoNumber(text, key));

    /// <summary>Reads a number as LightGBM writes it: also 'inf', '-inf' and 'nan', which .NET spells otherwise.</summary>
    public static double ParseDouble(ReadOnlySpan<char> text, string key)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return value;
        }

        return text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "-nan" => double.NaN,
            _ => throw NoNumber(text, key),
        };
    }

    private static int ParseInteger(ReadOnlySpan<char> text, string key) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw NoNumber(text, key);

    private static TreeFormatException NoNumber(ReadOnlySpan<char> text, string key) =>
        new($"'{key}' of a LightGBM model text must hold numbers. Got '{text}'. Take the text from its source again.");

    private T[] Parse<T>(string key, int? count, ItemParser<T> parse)
    {
        List<T> items = [];
        ReadOnlySpan<char> text = Text(key);
        foreach (Range range in text.Split(' '))
        {
            if (!text[range].IsEmpty)
            {
                items.Add(parse(text[range], key));
            }
        }

        return count is null || items.Count == count
            ? [.. items]
            : throw new TreeFormatException(FormattableString.Invariant(
                $"'{key}' of {block} of a LightGBM model text must hold {count} values. Got {items.Count}. Take the text from its source again."));
    }

    private delegate T ItemParser<out T>(ReadOnlySpan<char> text, string key);
}
