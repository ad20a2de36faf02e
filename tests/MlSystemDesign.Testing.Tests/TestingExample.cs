// The example of docs/testing.md, run here: the usings and the lines between the two marks stand in the document as they are.
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.Testing;
using MlSystemDesign.Training;

namespace MlSystemDesign.Testing.Tests;

internal static class TestingExample
{
    internal static async Task<(ConformanceReport Features, ConformanceReport Trainer)> RunAsync()
    {
        //// example
        ConformanceReport features = await FeatureBuilderConformance.CheckAsync(
            plan => new BatchFeatureBuilder(plan), // yours instead
            new FeatureConformanceOptions { Seed = 7, Cases = 100, Aggregates = [FeatureAggregate.Count, FeatureAggregate.Sum], Windows = [WindowKind.Fixed] });
        ConformanceReport trainer = await TrainerConformance.CheckAsync(new LogisticTrainer());
        //// end
        return (features, trainer);
    }
}
