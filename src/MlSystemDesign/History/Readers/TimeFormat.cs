using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>How a time column is written.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Exact">A .NET format string, or <see langword="null"/> for ISO 8601.</param>
/// <param name="Convert">Reads the text instead, or <see langword="null"/>.</param>
internal sealed record TimeFormat(string Column, string? Exact, Func<string, DateTimeOffset?>? Convert)
{
    /// <summary>Reads a time; of kind Utc when the text carries its zone, Unspecified when it does not.</summary>
    public bool TryParse(string text, out DateTime time) => Exact is null
        ? IsoTime.TryParse(text.AsSpan().Trim(), out time)
        : DateTime.TryParseExact(text.Trim(), Exact, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
}
