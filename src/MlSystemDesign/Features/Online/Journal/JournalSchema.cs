using System.Text;
using System.Text.Json;

namespace MlSystemDesign.Features;

/// <summary>What a journal's rows mean: the sources and columns in words, which every file carries, so that a message can tell what differs.</summary>
internal static class JournalSchema
{
    /// <summary>Describes a schema: one line per source, in order. What the sources observed, and their fixed delays, are not part of it: rows do not hold them.</summary>
    internal static string Describe(HistorySchema schema)
    {
        StringBuilder text = new();
        foreach (SourceSchema source in schema.Sources)
        {
            IEnumerable<string> parts =
            [
                .. source.HasKnownTime ? (string[])["known time"] : [],
                .. source.HasSequence ? (string[])["sequence"] : [],
                .. source.Columns.Select(c => $"{c.Kind} {Quote(c.Name)}{(c.Unit is null ? string.Empty : $" in {Quote(c.Unit)}")}"),
            ];
            text.Append(source.Kind).Append(' ').Append(Quote(source.Name)).Append(" (").AppendJoin(", ", parts).Append(")\n");
        }

        return text.ToString();
    }

    /// <summary>Says where two descriptions differ first.</summary>
    internal static string Difference(string kept, string came)
    {
        string[] keptLines = kept.Split('\n'), cameLines = came.Split('\n');
        int line = 0;
        while (line < Math.Min(keptLines.Length, cameLines.Length) - 1 && keptLines[line] == cameLines[line])
        {
            line++;
        }

        return $"It holds {Say(keptLines, line)}; got {Say(cameLines, line)}";
    }

    private static string Say(string[] lines, int line) => line < lines.Length && lines[line].Length > 0 ? $"{lines[line]} as source {line + 1}" : $"no source {line + 1}";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
