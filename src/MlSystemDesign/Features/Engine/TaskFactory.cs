namespace MlSystemDesign.Features;

/// <summary>Turns the features of one family into tasks: features that one pass can compute share a task.</summary>
internal sealed class TaskFactory(SourceSchema schema, SourceColumns columns, WindowFamily family, FamilyLayout layout)
{
    /// <summary>Creates the tasks.</summary>
    /// <param name="features">The features of the family.</param>
    /// <param name="placeOf">Gets the place in the row of each feature, by its position in the plan.</param>
    internal FamilyTask[] Create(IReadOnlyList<PlannedFeature> features, int[] placeOf)
    {
        List<FamilyTask> tasks = [];
        foreach (IGrouping<TaskKey, PlannedFeature> group in features.GroupBy(f => KeyOf(f.Definition)))
        {
            int[] windows = [.. group.Select(WindowOf).Distinct().Order()];
            FamilyTask task = Task(group.Key, windows, [.. group.Select(f => f.Definition)]);
            tasks.Add(task);
            foreach (PlannedFeature feature in group)
            {
                placeOf[feature.Index] = task.PlaceOf(feature.Definition, WindowOf(feature));
            }
        }

        return [.. tasks];
    }

    private TaskKey KeyOf(FeatureDefinition feature)
    {
        int column = feature.Column is null ? -1 : columns.IndexOf(feature.Column);
        TaskKind kind = feature.Aggregate switch
        {
            FeatureAggregate.Count => TaskKind.Count,
            FeatureAggregate.Sum or FeatureAggregate.Mean or FeatureAggregate.Min or FeatureAggregate.Max or FeatureAggregate.Std or FeatureAggregate.Variance
                or FeatureAggregate.Slope => TaskKind.Moments,
            FeatureAggregate.Skew => TaskKind.Skew,
            FeatureAggregate.Recency => TaskKind.SinceNewest,
            FeatureAggregate.Age => TaskKind.Age,
            FeatureAggregate.Tenure => TaskKind.SinceOldest,
            FeatureAggregate.Attribute or FeatureAggregate.Category => TaskKind.Attribute,
            FeatureAggregate.First or FeatureAggregate.Last => TaskKind.PickNumber,
            FeatureAggregate.FirstCategory or FeatureAggregate.LastCategory => TaskKind.PickCategory,
            FeatureAggregate.Quantile => TaskKind.OrderStatistics,
            FeatureAggregate.Distinct when columns.KindOf(column) == ColumnKind.Number => TaskKind.OrderStatistics,
            FeatureAggregate.Distinct or FeatureAggregate.Mode or FeatureAggregate.TopShare or FeatureAggregate.Entropy => TaskKind.Frequency,
            FeatureAggregate.GapMean or FeatureAggregate.GapStd or FeatureAggregate.GapLast => TaskKind.Gap,
            FeatureAggregate.ActivePeriods or FeatureAggregate.CurrentStreak or FeatureAggregate.LongestStreak => TaskKind.Streak,
            FeatureAggregate.DecayedCount or FeatureAggregate.DecayedSum or FeatureAggregate.DecayedMean => TaskKind.Decay,
            FeatureAggregate.Coverage => TaskKind.Coverage,
            FeatureAggregate.Custom => TaskKind.Custom,
            _ => throw new InvalidOperationException($"No task computes {feature.Aggregate}."),
        };
        int fromNewest = kind is TaskKind.PickNumber or TaskKind.PickCategory ? FromNewest(feature) : 0;
        long period = kind is TaskKind.Streak or TaskKind.Decay ? feature.Period!.Value.Ticks
            : kind == TaskKind.Attribute ? feature.Period?.Ticks ?? long.MaxValue
            : 0;
        return new TaskKey(kind, column, fromNewest, period, feature.Custom);
    }

    private FamilyTask Task(TaskKey key, int[] windows, FeatureDefinition[] features) => key.Kind switch
    {
        TaskKind.Count => new CountTask(windows, layout),
        TaskKind.Moments => new MomentsTask(key.Column, windows, Array.Exists(features, f => f.Aggregate == FeatureAggregate.Slope), layout),
        TaskKind.Skew => new SkewTask(key.Column, windows, layout),
        TaskKind.SinceNewest or TaskKind.SinceOldest or TaskKind.Age => new SinceTask(windows, key.Kind == TaskKind.SinceOldest, key.Kind == TaskKind.Age, layout),
        TaskKind.Attribute => new AttributeTask(windows, key.Column, columns.KindOf(key.Column), key.Period, layout),
        TaskKind.PickNumber => new PickNumberTask(key.Column, key.FromNewest, windows, layout),
        TaskKind.PickCategory => new PickCategoryTask(key.Column, key.FromNewest, windows, layout),
        TaskKind.OrderStatistics => new OrderStatisticsTask(key.Column, windows, [.. features.Select(OrderStatisticsTask.Wanted).Distinct()], layout),
        TaskKind.Frequency => new FrequencyTask(key.Column, windows, [.. features.Select(FrequencyTask.Wanted).Distinct()], layout),
        TaskKind.Gap => new GapTask(windows, layout),
        TaskKind.Streak => new StreakTask(key.Period, windows, layout),
        TaskKind.Decay => new DecayTask(key.Column, key.Period, windows, Array.Exists(features, f => f.Aggregate == FeatureAggregate.DecayedMean), layout),
        TaskKind.Coverage => new CoverageTask(schema.Observed.Start.UtcTicks, schema.Observed.End.UtcTicks, windows, layout),
        _ => new CustomTask(key.Custom!, key.Column, key.Column < 0 ? null : columns.KindOf(key.Column), windows, layout),
    };

    private static int FromNewest(FeatureDefinition feature) =>
        feature.Aggregate is FeatureAggregate.First or FeatureAggregate.FirstCategory ? 0 : (int)(feature.Parameter ?? 1);

    private int WindowOf(PlannedFeature feature) => Array.IndexOf(family.Windows, ScopePlan.WindowOf(feature.Definition));

    private enum TaskKind
    {
        Count,
        Moments,
        Skew,
        SinceNewest,
        SinceOldest,
        Age,
        Attribute,
        PickNumber,
        PickCategory,
        OrderStatistics,
        Frequency,
        Gap,
        Streak,
        Decay,
        Coverage,
        Custom,
    }

    /// <summary>Features with equal keys share a task.</summary>
    private readonly record struct TaskKey(TaskKind Kind, int Column, int FromNewest, long Period, IWindowAggregate? Custom);
}
