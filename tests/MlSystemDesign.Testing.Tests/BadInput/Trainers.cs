using CustomTrainer;
using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Testing.Tests.BadInput;

/// <summary>Every trainer of the packages and samples, as bad input meets it: small enough to train in no time, for rows of <see cref="BadRows"/>.</summary>
internal static class Trainers
{
    internal static Dictionary<Type, Func<IModelTrainer>> All { get; } = new()
    {
        [typeof(LogisticTrainer)] = () => new LogisticTrainer(),
        [typeof(LightGbmTrainer)] = () => new LightGbmTrainer(new() { MaxRounds = 20, MinDataInLeaf = 10 }),
        [typeof(XGBoostTrainer)] = () => new XGBoostTrainer(new() { MaxRounds = 20 }),
        [typeof(MlNetTrainer)] = () => new MlNetTrainer(),
        [typeof(MlNetLightGbmTrainer)] = () => new MlNetLightGbmTrainer(new() { MaxRounds = 30, MinDataInLeaf = 10 }),
        [typeof(BaseRateTrainer)] = () => new BaseRateTrainer(),
        [typeof(RuleTrainer)] = () => new RuleTrainer("recency", RuleDirection.HigherIsLikelier),
        [typeof(TransformedTrainer)] = () => new TransformedTrainer(new TargetStatisticTransform(), new LogisticTrainer()),
        [typeof(ClassWeightedTrainer)] = () => new ClassWeightedTrainer(new LogisticTrainer()),
        [typeof(DownsampledTrainer)] = () => new DownsampledTrainer(new LogisticTrainer(), 0.5),
        [typeof(SegmentedTrainer)] = () => new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("channel")),
        [typeof(SimplestSufficientTrainer)] = () => new SimplestSufficientTrainer([new BaseRateTrainer(), new LogisticTrainer(), new LightGbmTrainer(new() { MaxRounds = 20, MinDataInLeaf = 10 })]),
        [typeof(ScorecardTrainer)] = () => new ScorecardTrainer("recency"),
    };

    /// <summary>Gets those that cannot train on this machine, and why: a native library is absent.</summary>
    internal static Dictionary<Type, string> Missing { get; } = All.Select(t => (Type: t.Key, t.Value().Availability)).Where(t => !t.Availability.IsAvailable).ToDictionary(t => t.Type, t => t.Availability.Reason);
}
