using MlSystemDesign.Tests;

namespace MlSystemDesign.Testing.Tests;

/// <summary>What docs/testing.md shows is what runs.</summary>
public sealed class TestingDocumentTests
{
    private static readonly string Text = File.ReadAllText(Repository.File("docs", "testing.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task Example_Run_ProvesBothParts()
    {
        (ConformanceReport features, ConformanceReport trainer) = await TestingExample.RunAsync();

        features.IsProven.Should().BeTrue();
        trainer.IsProven.Should().BeTrue();
    }

    [Fact]
    public void Example_InTheDocument_IsTheCodeThatRuns()
    {
        string[] source = File.ReadAllLines(Repository.File("tests", "MlSystemDesign.Testing.Tests", "TestingExample.cs"));
        string usings = string.Join('\n', source.Where(line => line.StartsWith("using ", StringComparison.Ordinal)));
        string body = string.Join('\n', source.SkipWhile(line => line.Trim() != "//// example").Skip(1).TakeWhile(line => line.Trim() != "//// end").Select(line => line[8..]));

        Text.Should().Contain($"```csharp\n{usings}\n\n{body}\n```");
    }

    [Fact]
    public async Task Failure_InTheDocument_IsTheOneThatIsTold()
    {
        ConformanceException found = (await FluentActions.Awaiting(() => FeatureBuilderConformance.CheckAsync(BrokenEngines.All["includes the cutoff"].Create, BrokenEngines.All["includes the cutoff"].Options with { Seed = 7 }))
            .Should().ThrowAsync<ConformanceException>()).Which;

        Text.Should().Contain($"```text\n{found.Message.ReplaceLineEndings("\n")}\n```");
    }

    [Theory]
    [InlineData(typeof(FeatureBuilderConformance))]
    [InlineData(typeof(FrameConformance))]
    [InlineData(typeof(LeakageGuardConformance))]
    [InlineData(typeof(TrainerConformance))]
    [InlineData(typeof(EvaluatorConformance))]
    [InlineData(typeof(DriftMonitorConformance))]
    public void Table_OfTheClasses_HasEach(Type type) => Text.Should().Contain($"| `{type.Name}");
}
