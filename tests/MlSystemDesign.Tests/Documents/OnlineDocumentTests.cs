namespace MlSystemDesign.Tests.Documents;

/// <summary>What docs/features.md shows of online features that survive is what runs, and what it prints is what comes.</summary>
public sealed class OnlineDocumentTests
{
    private static readonly string Text = DocumentExample.Text("features.md");

    [Fact]
    public void Example_InTheDocument_IsTheCodeThatRuns() => Text.Should().Contain(DocumentExample.Code("OnlineExample.cs", path: "\"live\""));

    [Fact]
    public void Example_Run_PrintsWhatTheDocumentSays()
    {
        string path = Directory.CreateTempSubdirectory("mlsd-live-").FullName;
        using StringWriter output = new();
        try
        {
            OnlineExample.Run(output, path);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }

        Text.Should().Contain($"```text\n{output.ToString().ReplaceLineEndings("\n")}```");
    }
}
