namespace MlSystemDesign.Features;

/// <summary>Turns the features of one family into tasks: features that one pass can compute share a task.</summary>
internal sealed class TaskFactory(SourceSchema schema, SourceColumns columns, WindowFamily family, int unwanted)
{
    internal FamilyTask[] Create(SlottedFeature[] features) =>
        [.. features.GroupBy(f => (TaskKey(f), Twin(f, features))).Select(group => Task(group.Key.Item1.Task, group.Key.Item1.Column, [.. group]))];

    /// <summary>Counts the features before one that compute the same under another name: a task has one place per result, so each gets a task of its own.</summary>
    private static int Twin(SlottedFeature feature, SlottedFeature[] features) => features
        .TakeWhile(f => f.Slot != feature.Slot || f.Definition.Kind != feature.Definition.Kind)
        .Count(f => Nameless(f.Definition) == Nameless(feature.Definition));

    /// <summary>Takes away what does not change the result; within a scope the filters are the same.</summary>
    private static FeatureDefinition Nameless(FeatureDefinition feature) => feature with { Name = string.Empty, Group = string.Empty, Where = Array.Empty<EventFilter>() };

    private (TaskKind Task, int Column, double Parameter, long Period, string? Custom) TaskKey(SlottedFeature feature)
    {
        FeatureDefinition f = feature.Definition;
        int column = f.Column is null ? -1 : columns.IndexOf(f.Column);
        TaskKind task = f.Aggregate switch
        {
            FeatureAggregate.Count => TaskKind.Count,
            FeatureAggregate.Sum or FeatureAggregate.Mean or FeatureAggregate.Min or FeatureAggregate.Max or FeatureAggregate.Std or FeatureAggregate.Variance
                or FeatureAggregate.Slope => TaskKind.Moments,
            FeatureAggregate.Skew => TaskKind.Skew,
            FeatureAggregate.Recency or FeatureAggregate.Tenure or FeatureAggregate.Age => TaskKind.Since,
            FeatureAggregate.Attribute or FeatureAggregate.Category => TaskKind.Attribute,
            FeatureAggregate.First or FeatureAggregate.Last => TaskKind.PickNumber,
            FeatureAggregate.FirstCategory or FeatureAggregate.LastCategory => TaskKind.PickCategory,
            FeatureAggregate.Distinct when columns.KindOf(column) == ColumnKind.Number => TaskKind.OrderStatistics,
            FeatureAggregate.Quantile => TaskKind.OrderStatistics,
            FeatureAggregate.Distinct or FeatureAggregate.Mode or FeatureAggregate.TopShare or FeatureAggregate.Entropy => TaskKind.Frequency,
            FeatureAggregate.GapMean or FeatureAggregate.GapStd or FeatureAggregate.GapLast => TaskKind.Gap,
            FeatureAggregate.ActivePeriods or FeatureAggregate.CurrentStreak or FeatureAggregate.LongestStreak => TaskKind.Streak,
            FeatureAggregate.DecayedCount or FeatureAggregate.DecayedSum or FeatureAggregate.DecayedMean => TaskKind.Decay,
            FeatureAggregate.Coverage => TaskKind.Coverage,
            FeatureAggregate.Custom => TaskKind.Custom,
            _ => throw new InvalidOperationException($"No task computes {f.Aggregate}."),
        };

        // What takes features of one window each, or one parameter each, gets a task for each.
        double parameter = task switch
        {
            TaskKind.PickNumber or TaskKind.PickCategory => FromNewest(f),
            TaskKind.Since or TaskKind.Attribute => feature.Slot,
            _ => 0,
        };
        return (task, column, parameter, task is TaskKind.Streak or TaskKind.Decay ? f.Period!.Value.Ticks : 0, f.Custom?.Name);
    }

    private FamilyTask Task(TaskKind kind, int column, SlottedFeature[] features)
    {
        int[] windows = [.. features.Select(WindowOf).Distinct().Order()];
        SlottedFeature[][] byWindow = [.. windows.Select(w => features.Where(f => WindowOf(f) == w).ToArray())];
        FeatureDefinition one = features[0].Definition;

        (int[] pairWindows, int[] pairSlots) = Pairs(features);
        long period = one.Period?.Ticks ?? 0;
        return kind switch
        {
            TaskKind.Count => new CountTask(pairWindows, pairSlots),
            TaskKind.Moments => new MomentsTask(
                column,
                windows,
                [.. byWindow.Select(f => new MomentSlots(
                    Slot(f, FeatureAggregate.Sum), Slot(f, FeatureAggregate.Mean), Slot(f, FeatureAggregate.Min), Slot(f, FeatureAggregate.Max),
                    Slot(f, FeatureAggregate.Std), Slot(f, FeatureAggregate.Variance), Slot(f, FeatureAggregate.Slope)))],
                Array.Exists(features, f => f.Definition.Aggregate == FeatureAggregate.Slope)),
            TaskKind.Skew => new SkewTask(column, pairWindows, pairSlots),
            TaskKind.Since => new SinceTask(windows[0], features[0].Slot, one.Aggregate == FeatureAggregate.Tenure, one.Aggregate == FeatureAggregate.Age),
            TaskKind.Attribute => new AttributeTask(windows[0], column, one.Kind, one.Period?.Ticks ?? long.MaxValue, features[0].Slot),
            TaskKind.PickNumber => new PickNumberTask(column, FromNewest(one), pairWindows, pairSlots),
            TaskKind.PickCategory => new PickCategoryTask(column, FromNewest(one), pairWindows, pairSlots),
            TaskKind.OrderStatistics => new OrderStatisticsTask(
                column, windows, [.. byWindow.Select(f => f.Select(q => (q.Definition.Aggregate == FeatureAggregate.Distinct ? double.NaN : q.Definition.Parameter!.Value, q.Slot)).ToArray())]),
            TaskKind.Frequency => new FrequencyTask(
                column, windows, [.. byWindow.Select(f => f.Select(o => new FrequencyOutput(o.Definition.Aggregate, (int)(o.Definition.Parameter ?? 1), o.Slot)).ToArray())]),
            TaskKind.Gap => new GapTask(
                windows, [.. byWindow.Select(f => new GapSlots(Slot(f, FeatureAggregate.GapMean), Slot(f, FeatureAggregate.GapStd), Slot(f, FeatureAggregate.GapLast)))]),
            TaskKind.Streak => new StreakTask(
                period,
                windows,
                [.. byWindow.Select(f => new StreakSlots(Slot(f, FeatureAggregate.ActivePeriods), Slot(f, FeatureAggregate.CurrentStreak), Slot(f, FeatureAggregate.LongestStreak)))]),
            TaskKind.Decay => new DecayTask(
                column,
                period,
                windows,
                [.. byWindow.Select(f => new DecaySlots(Slot(f, FeatureAggregate.DecayedCount), Slot(f, FeatureAggregate.DecayedSum), Slot(f, FeatureAggregate.DecayedMean)))],
                Array.Exists(features, f => f.Definition.Aggregate == FeatureAggregate.DecayedMean)),
            TaskKind.Coverage => new CoverageTask(schema.Observed.Start.UtcTicks, schema.Observed.End.UtcTicks, pairWindows, pairSlots),
            _ => new CustomTask(one.Custom!, column, column < 0 ? null : columns.KindOf(column), pairWindows, pairSlots),
        };
    }

    private static int FromNewest(FeatureDefinition feature) =>
        feature.Aggregate is FeatureAggregate.First or FeatureAggregate.FirstCategory ? 0 : (int)(feature.Parameter ?? 1);

    private int WindowOf(SlottedFeature feature) => Array.IndexOf(family.Windows, ScopePlan.WindowOf(feature.Definition));

    private (int[] Windows, int[] Slots) Pairs(SlottedFeature[] features)
    {
        SlottedFeature[] ordered = [.. features.OrderBy(WindowOf)];
        return ([.. ordered.Select(WindowOf)], [.. ordered.Select(f => f.Slot)]);
    }

    private int Slot(SlottedFeature[] features, FeatureAggregate aggregate)
    {
        int place = Array.FindIndex(features, f => f.Definition.Aggregate == aggregate);
        return place < 0 ? unwanted : features[place].Slot;
    }
}

/// <summary>Which task computes a feature.</summary>
internal enum TaskKind
{
    Count,
    Moments,
    Skew,
    Since,
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
