using MlSystemDesign.Tests.Composition;

namespace MlSystemDesign.Tests.Documents;

/// <summary>The first thing that docs/features.md shows is what runs, and what it prints is what comes.</summary>
public sealed class FirstTableDocumentTests
{
    private static readonly string Text = DocumentExample.Text("features.md");

    [Fact]
    public void Example_InTheDocument_IsTheCodeThatRuns() => Text.Should().Contain(DocumentExample.Code("FirstTableExample.cs", path: "path"));

    [Fact]
    public void Example_Run_PrintsWhatTheDocumentSays()
    {
        using CultureScope culture = new("nl-NL");
        using StringWriter output = new();

        FirstTableExample.Run(output);

        Text.Should().Contain($"```text\n{output.ToString().ReplaceLineEndings("\n")}```");
    }
}
