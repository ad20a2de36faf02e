using MlSystemDesign.Testing.Leakage;
using Xunit.Abstractions;

namespace MlSystemDesign.Testing.Tests;

/// <summary>Each check catches what it is for: a part that is right but for one thing fails the check of that thing.</summary>
public sealed class BrokenPartTests(ITestOutputHelper output)
{
    public static IEnumerable<object[]> Broken => Parts.SelectMany(part => part.Value.Broken.Keys.Select(check => new object[] { part.Key, check }));

    public static TheoryData<string> Kinds => [.. Parts.Keys];

    private static Dictionary<string, (Func<Task<ConformanceReport>> Right, Dictionary<string, Func<Task<ConformanceReport>>> Broken)> Parts { get; } = new()
    {
        ["builder"] = (() => FeatureBuilderConformance.CheckContractAsync(SampleShop.Honest, SampleShop.History, SampleShop.Rows), BrokenBuilders.All),
        ["frame"] = (() => FrameConformance.CheckAsync(BrokenFrames.Right, SampleShop.History), BrokenFrames.All),
        ["guard"] = (() => LeakageGuardConformance.CheckAsync(BrokenGuards.Right), BrokenGuards.All),
        ["trainer"] = (() => TrainerConformance.CheckAsync(BrokenTrainers.Right), BrokenTrainers.All),
        ["evaluator"] = (() => EvaluatorConformance.CheckAsync(BrokenEvaluators.Right), BrokenEvaluators.All),
        ["monitor"] = (() => DriftMonitorConformance.CheckAsync(BrokenMonitors.Right), BrokenMonitors.All),
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Check_OfAPartThatBreaksIt_FindsIt(string part, string check)
    {
        ConformanceException found = (await FluentActions.Awaiting(() => Parts[part].Broken[check]()).Should().ThrowAsync<ConformanceException>()).Which;

        output.WriteLine(found.Message);
        found.Report.Findings.Select(f => f.Check).Should().Contain(check);
        found.Report.IsProven.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Checks_OfEachInterface_HaveAPartThatBreaksThem(string part)
    {
        ConformanceReport report = await Parts[part].Right();

        report.IsProven.Should().BeTrue(string.Join("; ", report.Checks));
        report.Checks.Select(c => c.Check).Should().BeEquivalentTo(Parts[part].Broken.Keys, "a check that cannot fail is worth nothing");
    }

    [Fact]
    public async Task Check_OfAPartThatBreaksSeveralThings_ReportsThemAllAtOnce()
    {
        ConformanceException found = (await FluentActions.Awaiting(() => EvaluatorConformance.CheckAsync(new BrokenEvaluators.Evaluator((_, _) => throw new InvalidOperationException("broken")))).Should()
            .ThrowAsync<ConformanceException>()).Which;

        found.Report.Findings.Should().HaveCountGreaterThan(5);
        found.Message.Should().Contain("one class is a result: It threw InvalidOperationException: broken").And.Contain("zero variance is a result");
    }

    [Fact]
    public async Task Check_Cancelled_Stops() => await FluentActions.Awaiting(() => TrainerConformance.CheckAsync(BrokenTrainers.Right, cancellationToken: new CancellationToken(true)))
        .Should().ThrowAsync<OperationCanceledException>();
}
