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

    [Fact]
    public void CostsExample_InTheDocument_IsTheCodeThatRuns() => Text.Should().Contain(DocumentExample.Code("CostsExample.cs", path: string.Empty));

    [Fact]
    public async Task CostsExample_Run_PrintsWhatTheDocumentSays()
    {
        using StringWriter output = new();
        await CostsExample.RunAsync(output);
        Text.Should().Contain($"```text\n{output.ToString().ReplaceLineEndings("\n")}```");
    }
}
