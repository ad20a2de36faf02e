using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlSystemDesign.Lifecycle;

/// <summary>Reads a JSON payload; a malformed one is a corrupted artifact.</summary>
internal static class JsonPayload
{
    internal static T Read<T>(IArtifactReader reader, string kind, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(reader.Payload.Span, type) ?? throw Malformed(kind, "it is null", null);
        }
        catch (JsonException e)
        {
            throw Malformed(kind, e.Message, e);
        }
    }

    internal static ArtifactException Malformed(string kind, string what, Exception? cause) => new(
        ArtifactFault.Corrupted, $"A part of kind '{kind}' must be what its codec wrote. It is not: {what}. Save the system again.", cause);
}
