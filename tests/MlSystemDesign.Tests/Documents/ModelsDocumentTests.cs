namespace MlSystemDesign.Tests.Documents;

/// <summary>What docs/models.md shows is what runs, and what it prints is what comes.</summary>
public sealed class ModelsDocumentTests
{
    private static readonly string Text = File.ReadAllText(Repository.File("docs", "models.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Example_InTheDocument_IsTheCodeThatRuns()
    {
        string[] source = File.ReadAllLines(Repository.File("tests", "MlSystemDesign.Tests", "Documents", "ModelsExample.cs"));
        string usings = string.Join('\n', source.Where(line => line.StartsWith("using ", StringComparison.Ordinal)));
        string body = string.Join('\n', source.SkipWhile(line => line.Trim() != "//// example").Skip(1).TakeWhile(line => line.Trim() != "//// end").Select(line => line.Length > 8 ? line[8..] : ""));

        Text.Should().Contain($"```csharp\n{usings}\n\n{body.Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal).Replace("(path", "(\"churn.model\"", StringComparison.Ordinal)}\n```");
    }

    [Fact]
    public async Task Example_Run_PrintsWhatTheDocumentSays()
    {
        string path = Path.GetTempFileName();
        using StringWriter output = new();
        try
        {
            await ModelsExample.RunAsync(output, path);
        }
        finally
        {
            File.Delete(path);
        }

        Text.Should().Contain($"```text\n{output.ToString().ReplaceLineEndings("\n")}```");
    }
}
