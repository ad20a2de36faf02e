using System.Globalization;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training;

/// <summary>Turns what is wrong with a payload into the fault of a corrupted artifact.</summary>
internal static class TrainingPayload
{
    internal static T Checked<T>(string kind, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or PlanException or FormatException or TreeFormatException or IndexOutOfRangeException)
        {
            throw JsonPayload.Malformed(kind, e.Message, e);
        }
    }

    /// <summary>Refuses null among the elements, which JSON can hold where the type says otherwise.</summary>
    internal static void RequireElements<T>(string kind, IReadOnlyList<T> elements)
    {
        if (elements.Any(e => e is null))
        {
            throw JsonPayload.Malformed(kind, "a list in it holds null", null);
        }
    }

    internal static void RequireEmpty(IArtifactReader reader, string kind)
    {
        if (!reader.Payload.IsEmpty)
        {
            throw JsonPayload.Malformed(kind, string.Create(CultureInfo.InvariantCulture, $"it has {reader.Payload.Length} bytes where none belong"), null);
        }
    }
}
