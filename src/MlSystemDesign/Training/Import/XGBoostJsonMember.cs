using System.Globalization;
using System.Text.Json;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Reads members of XGBoost's JSON; what is not there, or is something else, is a fault that names its place.</summary>
internal static class XGBoostJsonMember
{
    private const string Remedy = "Save the model again with save_model(\"model.json\").";

    internal static TreeFormatException Fault(string rule, string got) => new($"{rule}. Got {got}. {Remedy}");

    internal static JsonElement Member(this JsonElement parent, string name, string place) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member)
            ? member
            : throw Fault($"An XGBoost model must have '{name}' in {place}", "none");

    internal static string Text(this JsonElement parent, string name, string place)
    {
        JsonElement member = parent.Member(name, place);
        return member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Fault($"'{name}' of {place} must be a text", Kind(member));
    }

    /// <summary>XGBoost writes its parameters as texts.</summary>
    internal static int IntegerText(this JsonElement parent, string name, string place)
    {
        string text = parent.Text(name, place);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Fault($"'{name}' of {place} must be an integer", $"'{text}'");
    }

    internal static JsonElement Array(this JsonElement parent, string name, string place, int? length = null)
    {
        JsonElement member = parent.Member(name, place);
        if (member.ValueKind != JsonValueKind.Array)
        {
            throw Fault($"'{name}' of {place} must be a list", Kind(member));
        }

        int count = member.GetArrayLength();
        return length is null || count == length
            ? member
            : throw Fault(FormattableString.Invariant($"'{name}' of {place} must have {length} values"), FormattableString.Invariant($"{count}"));
    }

    internal static int[] Integers(this JsonElement parent, string name, string place, int? length = null) =>
        Items(parent.Array(name, place, length), name, place, Integer);

    internal static float[] Floats(this JsonElement parent, string name, string place, int length) =>
        Items(parent.Array(name, place, length), name, place, Float);

    private static T[] Items<T>(JsonElement array, string name, string place, Func<JsonElement, T?> read)
        where T : struct
    {
        T[] items = new T[array.GetArrayLength()];
        int next = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            items[next++] = read(item) ?? throw Fault($"'{name}' of {place} must hold numbers", item.GetRawText());
        }

        return items;
    }

    // Older versions write true and false where newer ones write 1 and 0.
    private static int? Integer(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number when item.TryGetInt32(out int value) => value,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    private static float? Float(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number when item.TryGetSingle(out float value) => value,
        JsonValueKind.String when item.ValueEquals(XGBoostJsonText.NotANumber) => float.NaN,
        _ => null,
    };

    private static string Kind(JsonElement element) => $"a {element.ValueKind}";
}
