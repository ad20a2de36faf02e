namespace MlSystemDesign;

/// <summary>What became of one check of a report.</summary>
public enum CheckStatus
{
    /// <summary>It ran to its end; its findings, if any, are in the report.</summary>
    Run,

    /// <summary>It did not run; the reason says what was missing. Not a pass.</summary>
    NotRun,

    /// <summary>It ran, but the data give no answer; the reason says why. Not a pass.</summary>
    Undefined,
}

/// <summary>One check of a report: run, not run (why) or undefined (why).</summary>
/// <param name="Check">The check's name, such as "poison the future".</param>
/// <param name="Status">What became of it.</param>
/// <param name="Detail">What was looked at (when run), or the reason (otherwise), in words.</param>
public sealed record CheckOutcome(string Check, CheckStatus Status, string Detail)
{
    /// <summary>Returns one line, such as <c>poison the future: run, 40 cutoffs</c>.</summary>
    public override string ToString() =>
        $"{Check}: {Status switch { CheckStatus.Run => "run", CheckStatus.NotRun => "not run", _ => "undefined" }}, {Detail}";
}
