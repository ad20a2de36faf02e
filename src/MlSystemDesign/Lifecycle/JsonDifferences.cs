using System.Globalization;
using System.Text.Json;

namespace MlSystemDesign.Lifecycle;

/// <summary>The values that differ between two JSON texts.</summary>
internal static class JsonDifferences
{
    // A text or list that is longer says nothing to a reader.
    private const int MostCharacters = 120;

    /// <summary>Lists the differences in the order of the earlier text, then what is new; none when a text is no JSON.</summary>
    internal static IEnumerable<ArtifactChange> Of(string part, byte[] before, byte[] after)
    {
        if (!TryRead(before, out Dictionary<string, string> earlier) || !TryRead(after, out Dictionary<string, string> later))
        {
            yield break;
        }

        foreach ((string place, string value) in earlier)
        {
            if (!later.TryGetValue(place, out string? now))
            {
                yield return new(ArtifactChangeKind.Removed, part, place, Short(value), string.Empty);
            }
            else if (now != value)
            {
                yield return new(ArtifactChangeKind.Changed, part, place, Short(value), Short(now));
            }
        }

        foreach ((string place, string value) in later)
        {
            if (!earlier.ContainsKey(place))
            {
                yield return new(ArtifactChangeKind.Added, part, place, string.Empty, Short(value));
            }
        }
    }

    private static bool TryRead(byte[] payload, out Dictionary<string, string> values)
    {
        values = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            Flatten(document.RootElement, string.Empty, values);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Flatten(JsonElement element, string place, Dictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Flatten(property.Value, place.Length == 0 ? property.Name : $"{place}.{property.Name}", values);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Flatten(item, string.Create(CultureInfo.InvariantCulture, $"{place}[{index++}]"), values);
                }

                break;
            default:
                // Two members of one name differ from one: the later does not hide the earlier.
                while (!values.TryAdd(place, element.GetRawText()))
                {
                    place += "'";
                }

                break;
        }
    }

    private static string Short(string value) => value.Length <= MostCharacters ? value : string.Concat(value.AsSpan(0, MostCharacters), "…");
}
