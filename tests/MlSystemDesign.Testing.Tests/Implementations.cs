using System.Reflection;
using CustomTrainer;
using MlSystemDesign.Evaluation;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.Leakage;
using MlSystemDesign.Monitoring;
using MlSystemDesign.Testing.Leakage;
using MlSystemDesign.Testing.Training;
using MlSystemDesign.Training;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.MlNet;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Testing.Tests;

/// <summary>Every implementation of the six interfaces in the packages and samples, and how it is checked.</summary>
internal static class Implementations
{
    private static readonly Type[] Interfaces = [typeof(IFeatureBuilder), typeof(IProblemFrame), typeof(ILeakageGuard), typeof(IModelTrainer), typeof(IEvaluator), typeof(IDriftMonitor)];

    private static readonly FeaturePlan Plan = FeaturePlan.For("orders", f => f.OverDays(30).Count().Sum("euros").Recency());

    private static readonly EventFrame Frame = EventFrame.Absence("no order in 5 d", of: "orders", horizon: TimeSpan.FromDays(5)).ActiveWithin(TimeSpan.FromDays(20));

    /// <summary>Gets how each implementation is checked.</summary>
    internal static Dictionary<Type, Func<Task<ConformanceReport>>> Known { get; } = new()
    {
        [typeof(BatchFeatureBuilder)] = () => FeatureBuilderConformance.CheckContractAsync(new BatchFeatureBuilder(Plan, 2), SampleShop.History, SampleShop.Rows),
        [typeof(EventFrame)] = () => FrameConformance.CheckAsync(Frame, SampleShop.History),
        [typeof(LeakageGuard)] = () => LeakageGuardConformance.CheckAsync(new LeakageGuard()),
        [typeof(LogisticTrainer)] = () => TrainerConformance.CheckAsync(new LogisticTrainer()),
        [typeof(LightGbmTrainer)] = () => TrainerConformance.CheckAsync(new LightGbmTrainer()),
        [typeof(XGBoostTrainer)] = () => TrainerConformance.CheckAsync(new XGBoostTrainer()),
        [typeof(MlNetTrainer)] = () => TrainerConformance.CheckAsync(new MlNetTrainer()),
        [typeof(MlNetLightGbmTrainer)] = () => TrainerConformance.CheckAsync(
            new TransformedTrainer(new ImputationTransform(), new MlNetLightGbmTrainer(new() { MaxRounds = 10, MinDataInLeaf = 20 })), context: new() { Objective = new LogLossObjective(), Folds = 3 }),
        [typeof(BaseRateTrainer)] = () => TrainerConformance.CheckAsync(new BaseRateTrainer()),
        [typeof(RuleTrainer)] = () => TrainerConformance.CheckAsync(new RuleTrainer("recency", RuleDirection.HigherIsLikelier)),
        [typeof(TransformedTrainer)] = () => TrainerConformance.CheckAsync(new TransformedTrainer(new TargetStatisticTransform(), new LogisticTrainer())),
        [typeof(ClassWeightedTrainer)] = () => TrainerConformance.CheckAsync(new ClassWeightedTrainer(new LogisticTrainer())),
        [typeof(DownsampledTrainer)] = () => TrainerConformance.CheckAsync(new DownsampledTrainer(new LogisticTrainer(), 0.5)),
        [typeof(SegmentedTrainer)] = () => TrainerConformance.CheckAsync(new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("channel"))),
        [typeof(SimplestSufficientTrainer)] = () => TrainerConformance.CheckAsync(new SimplestSufficientTrainer([new LogisticTrainer(), new MlNetTrainer()])),
        [typeof(ScorecardTrainer)] = () => TrainerConformance.CheckAsync(new ScorecardTrainer("recency")),
        [typeof(DecisionEvaluator)] = () => EvaluatorConformance.CheckAsync(new DecisionEvaluator()),
        [typeof(DriftMonitor)] = () => DriftMonitorConformance.CheckAsync(new DriftMonitor()),
    };

    /// <summary>Finds them in the assemblies beside the tests.</summary>
    internal static Type[] Find() =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.StartsWith("MlSystemDesign", StringComparison.Ordinal) && !name.StartsWith("MlSystemDesign.Testing", StringComparison.Ordinal))
            .Append("CustomTrainer").SelectMany(name => Assembly.Load(name!).GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false } && Interfaces.Any(i => i.IsAssignableFrom(t))),
    ];
}
