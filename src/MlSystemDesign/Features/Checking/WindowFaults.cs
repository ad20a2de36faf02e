namespace MlSystemDesign.Features;

/// <summary>Finds what is wrong with the window of a definition.</summary>
internal static class WindowFaults
{
    internal static IEnumerable<string> Of(FeatureDefinition feature, AggregateTraits traits)
    {
        if (!traits.HasWindow)
        {
            if (feature.Window is not null)
            {
                yield return $"{FeatureFaults.An(feature.Aggregate)} must have no window: {(traits.Input == AggregateInput.Features ? "it reads other features" : "it looks at all history")}. Got {feature.Window} for '{feature.Name}'. Leave the window out.";
            }

            yield break;
        }

        string of = $"'{feature.Name}' of source '{feature.Source}'";
        if (feature.Window is not { } window)
        {
            yield return $"{FeatureFaults.An(feature.Word)} must have a window. Got none for {of}. Call Over or OverDays before it.";
            yield break;
        }

        if (LengthFault(window, of) is { } fault)
        {
            yield return fault;
        }

        if (window.Lag < TimeSpan.Zero)
        {
            yield return $"The lag of a window must not be negative: it would look past the cutoff. Got {window.Lag:c} for {of}. Pass how long before the cutoff it ends.";
        }

        if (feature.Aggregate == FeatureAggregate.Coverage && !window.IsTimed)
        {
            yield return $"A coverage must have a window of finite length. Got {window} for '{feature.Name}'. Call Over or OverDays before it.";
        }
    }

    private static string? LengthFault(FeatureWindow window, string of) => window.Kind switch
    {
        WindowKind.Fixed when window.Length <= TimeSpan.Zero => $"A window must have a positive length. Got {window.Length:c} for {of}. Pass how far back to look.",
        WindowKind.LastEvents when window.Events < 1 => $"A window of last events must hold at least 1. Got {window.Events} for {of}. Pass how many events to look at.",
        WindowKind.Calendar when window.Months < 0 || window.Days < 0 || (window.Months == 0 && window.Days == 0) || window.Months > FeatureWindow.MaxMonths || window.Days > FeatureWindow.MaxDays =>
            $"A calendar window must have 1 to {FeatureWindow.MaxMonths} months, 1 to {FeatureWindow.MaxDays} days, or both. Got {window.Months} months and {window.Days} days for {of}. Pass how far back to look.",
        WindowKind.Calendar when !TimeZoneInfo.TryFindSystemTimeZoneById(window.Zone!, out _) =>
            $"The zone of a calendar window must be known to this machine. Got '{window.Zone}' for {of}. Use an id of the time zone database, such as Europe/Amsterdam or UTC.",
        _ => null,
    };
}
