namespace MlSystemDesign.Tests.Documents;

/// <summary>Examples that stand in a document as they run here: the usings of a file and the lines between its two marks.</summary>
internal static class DocumentExample
{
    /// <summary>Returns a document with lines that end as those of <see cref="Code"/>.</summary>
    internal static string Text(string document) => File.ReadAllText(Repository.File("docs", document)).ReplaceLineEndings("\n");

    /// <summary>Returns an example as a document shows it.</summary>
    /// <param name="file">Its file in this folder.</param>
    /// <param name="path">What the document writes for the path that the example gets.</param>
    internal static string Code(string file, string path)
    {
        string[] source = File.ReadAllLines(Repository.File("tests", "MlSystemDesign.Tests", "Documents", file));
        string usings = string.Join('\n', source.Where(line => line.StartsWith("using ", StringComparison.Ordinal)));
        string body = string.Join('\n', source.SkipWhile(line => line.Trim() != "//// example").Skip(1).TakeWhile(line => line.Trim() != "//// end").Select(line => line.Length > 8 ? line[8..] : ""));
        return $"```csharp\n{usings}\n\n{body.Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal).Replace("path", path, StringComparison.Ordinal)}\n```";
    }
}
