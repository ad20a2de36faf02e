using System.Text.Json;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Parses the text of an XGBoost model, which is JSON but for bare NaN: XGBoost writes it where a categorical split has no condition.</summary>
internal static class XGBoostJsonText
{
    /// <summary>The text that stands for NaN after parsing.</summary>
    internal const string NotANumber = "N";

    private static ReadOnlySpan<byte> Bare => "NaN"u8;

    // As long as the bare one, so that it can be replaced in place, and positions in messages hold.
    private static ReadOnlySpan<byte> Quoted => "\"N\""u8;

    /// <exception cref="TreeFormatException">The bytes are not JSON.</exception>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf((byte)'{') != 0 && json.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            throw XGBoostJsonMember.Fault("An XGBoost model must be a JSON object", "bytes that do not begin with '{' (the old binary form, or a dump)");
        }

        if (json.Span is [(byte)'{', (byte)'L' or (byte)'i' or (byte)'U' or (byte)'l', ..])
        {
            throw XGBoostJsonMember.Fault("An XGBoost model must be JSON", "UBJSON, which newer versions write where the file's name does not end in .json");
        }

        try
        {
            return JsonDocument.Parse(json.Span.IndexOf(Bare) < 0 ? json : QuoteNaN(json.ToArray()));
        }
        catch (JsonException e)
        {
            throw new TreeFormatException($"An XGBoost model must be whole JSON. Got a fault: {e.Message} Take the file from its source again.", e);
        }
    }

    private static byte[] QuoteNaN(byte[] json)
    {
        bool inText = false;
        for (int i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case (byte)'\\' when inText:
                    i++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'N' when !inText && json.AsSpan(i).StartsWith(Bare):
                    Quoted.CopyTo(json.AsSpan(i));
                    i += Quoted.Length - 1;
                    break;
            }
        }

        return json;
    }
}
