using MlSystemDesign.Tests;

namespace FeatureTour.Tests;

/// <summary>Reads docs/features.md, and the code of the sample that it shows.</summary>
internal static class FeaturesDocument
{
    public static string Text { get; } = File.ReadAllText(Repository.File("docs", "features.md")).ReplaceLineEndings("\n");

    /// <summary>Returns the code block below the mark of a file of the sample.</summary>
    public static string Snippet(string file) => Between(Text, $"<!-- {file} -->\n```csharp\n", "\n```");

    /// <summary>Returns the lines between the two marks of a file of the sample, without their indentation.</summary>
    public static string Code(string file)
    {
        string[] lines = [.. File.ReadAllLines(Repository.File("samples", "FeatureTour", $"{file}.cs"))
            .SkipWhile(line => line.Trim() != "//// features").Skip(1).TakeWhile(line => line.Trim() != "//// end")];
        int indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indentation..]));
    }

    public static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        from.Should().BeGreaterThanOrEqualTo(0, $"docs/features.md should hold {start}");
        return text[(from + start.Length)..text.IndexOf(end, from + start.Length, StringComparison.Ordinal)];
    }
}
