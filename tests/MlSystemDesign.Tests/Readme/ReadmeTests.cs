using System.Globalization;
using System.Text.RegularExpressions;

namespace MlSystemDesign.Tests.Readme;

/// <summary>The first thing a visitor tries must work: the example of the README is code that runs here, and its output is the text below it.</summary>
public sealed partial class ReadmeTests
{
    [BoosterFact]
    public async Task Example_Run_PrintsWhatTheReadmeShows()
    {
        StringWriter console = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

        await ReadmeExample.RunAsync(console);

        Block("text").Should().Be(console.ToString().TrimEnd());
    }

    [Fact]
    public void Example_InTheReadme_IsTheCodeThatRuns()
    {
        string[] source = File.ReadAllLines(Repository.File("tests", "MlSystemDesign.Tests", "Readme", "ReadmeExample.cs"));
        string usings = string.Join('\n', source.Where(line => line.StartsWith("using ", StringComparison.Ordinal)));
        string body = string.Join('\n', source
            .SkipWhile(line => !line.StartsWith("        //// example", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("        //// end", StringComparison.Ordinal))
            .Select(line => line.Length > 8 ? line[8..] : string.Empty));

        Block("csharp").Should().Be($"{usings}\n\n{body}");
    }

    private static string Block(string language)
    {
        string readme = File.ReadAllText(Repository.File("README.md")).ReplaceLineEndings("\n");
        return ExampleBlock().Matches(readme).First(m => m.Groups["language"].Value == language).Groups["text"].Value.TrimEnd();
    }

    [GeneratedRegex("```(?<language>csharp|text)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();
}
