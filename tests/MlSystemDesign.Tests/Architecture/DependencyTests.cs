using System.Reflection;
using MlSystemDesign.Lifecycle;
using NetArchTest.Rules;

namespace MlSystemDesign.Tests.Architecture;

/// <summary>Keeps the dependencies pointing one way.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Core = typeof(ArtifactFile).Assembly;
    private static readonly Assembly Abstractions = typeof(IHistory).Assembly;
    private static readonly string[] Steps = ["Business", "Framing", "History", "Features", "Leakage", "Training", "Evaluation", "Decisions", "Monitoring"];

    public static TheoryData<string> StepNames => [.. Steps];

    [Fact]
    public void Abstractions_ReferencesNothingButTheFramework() =>
        Abstractions.GetReferencedAssemblies().Select(a => a.Name).Should().OnlyContain(name => name!.StartsWith("System", StringComparison.Ordinal));

    [Fact]
    public void Core_ReferencesOnlyWhatTheDesignNames() =>
        Core.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal)).Should().BeSubsetOf(
        [
            "MlSystemDesign.Abstractions",
            "MathNet.Numerics",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options",
            "Microsoft.ML.Core",
            "Microsoft.ML.Data",
            "Microsoft.ML.DataView",
            "Microsoft.ML.FastTree",
            "Microsoft.ML.LightGbm",
            "Microsoft.ML.StandardTrainers",
            "Microsoft.ML.Transforms",
        ]);

    [Fact]
    public void MicrosoftML_IsReferencedOnlyByItsAdapters()
    {
        string[] users = UsersOf("Microsoft.ML");

        users.Should().NotBeEmpty("the rule must have something to hold for").And.OnlyContain(type => type.StartsWith("MlSystemDesign.Training.MlNet.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(StepNames))]
    public void Step_KnowsNoOtherStepsImplementation(string step)
    {
        string[] others = [.. Steps.Where(s => s != step).Select(s => "MlSystemDesign." + s)];

        TestResult result = Types.InAssembly(Core).That().ResideInNamespaceStartingWith("MlSystemDesign." + step).ShouldNot().HaveDependencyOnAny(others).GetResult();

        result.FailingTypeNames.Should().BeNullOrEmpty("a step uses the exchange types of other steps, which live in the namespace MlSystemDesign");
    }

    [Fact]
    public void Lifecycle_KnowsNoStepsImplementation_ButForTheListOfCodecs()
    {
        string[] steps = [.. Steps.Select(s => "MlSystemDesign." + s)];

        TestResult result = Types.InAssembly(Core).That().ResideInNamespace("MlSystemDesign.Lifecycle").And().DoNotHaveName(nameof(ArtifactCodecs))
            .ShouldNot().HaveDependencyOnAny(steps).GetResult();

        result.FailingTypeNames.Should().BeNullOrEmpty();
    }

    [Fact]
    public void NativeBooster_IsReferencedOnlyByItsAdapter()
    {
        string[] users = UsersOf("MlSystemDesign.Training.LightGbm.Native");

        users.Should().NotBeEmpty("the rule must have something to hold for").And.OnlyContain(type => type.StartsWith("MlSystemDesign.Training.LightGbm", StringComparison.Ordinal));
    }

    [Fact]
    public void Boosting_KnowsNoLibrary_ButIsUsedByItsAdapter()
    {
        string[] users = UsersOf("MlSystemDesign.Training.Boosting");
        TestResult result = Types.InAssembly(Core).That().ResideInNamespace("MlSystemDesign.Training.Boosting").ShouldNot().HaveDependencyOn("MlSystemDesign.Training.LightGbm").GetResult();

        result.FailingTypeNames.Should().BeNullOrEmpty("XGBoost grows its folds there too");
        users.Should().Contain(type => type.StartsWith("MlSystemDesign.Training.LightGbm", StringComparison.Ordinal));
    }

    // By full name, because a nested type has no namespace of its own.
    private static string[] UsersOf(string dependency) =>
        [.. Types.InAssembly(Core).That().HaveDependencyOn(dependency).GetTypes().Select(type => type.FullName!)];
}
