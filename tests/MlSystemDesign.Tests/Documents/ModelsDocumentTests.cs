namespace MlSystemDesign.Tests.Documents;

/// <summary>What docs/models.md shows is what runs, and what it prints is what comes.</summary>
public sealed class ModelsDocumentTests
{
    private static readonly string Text = DocumentExample.Text("models.md");

    [Fact]
    public void Example_InTheDocument_IsTheCodeThatRuns() => Text.Should().Contain(DocumentExample.Code("ModelsExample.cs", path: "\"churn.model\""));

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
