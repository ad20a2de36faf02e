using System.Globalization;

namespace MlSystemDesign.Monitoring;

/// <summary>Turns corrected tests into verdicts and words.</summary>
internal sealed class DriftReporter(DriftMonitorOptions options, HashSet<string> ignored)
{
    internal DriftReport Report(DriftReference reference, DriftContext context, List<ColumnAssessment> columns, ColumnAssessment? score)
    {
        return Report(columns, Checks(reference, context, columns, score), reference.Count, context.Current.RowCount);
    }

    /// <summary>Judges columns whose tests were corrected.</summary>
    internal DriftReport Report(IEnumerable<ColumnAssessment> columns, IEnumerable<CheckOutcome> checks, int referenceCount, int currentCount)
    {
        ColumnDrift[] drifts = [.. columns.Select(Judge).OrderByDescending(d => Rank(d.Verdict)).ThenBy(d => d.Column, StringComparer.Ordinal)];
        return new DriftReport
        {
            // No column at all is no evidence of health.
            Verdict = drifts.Length == 0 ? DriftVerdict.NotComputable : drifts[0].Verdict,
            Columns = drifts,
            Checks = [.. checks],
            ReferenceCount = referenceCount,
            CurrentCount = currentCount,
        };
    }

    /// <summary>How many tests were corrected together, and how, in words.</summary>
    internal string Correction(IEnumerable<ColumnAssessment> columns) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(options.Correction == FalseDiscoveryControl.BenjaminiHochberg ? "Benjamini-Hochberg" : "Benjamini-Yekutieli")} over {columns.Sum(c => c.Tests.Count())} test(s) at {options.FalseDiscoveryRate:0.####}");

    private static int Rank(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Material => 3,
        DriftVerdict.NotComputable => 2,
        DriftVerdict.ChangedButImmaterial => 1,
        _ => 0,
    };

    private ColumnDrift Judge(ColumnAssessment column)
    {
        ColumnTest[] significant = [.. column.Tests.Where(t => t.Adjusted <= options.FalseDiscoveryRate)];
        DriftVerdict verdict =
            significant.Any(t => t.IsLarge) ? DriftVerdict.Material
            : column.NotComputable is not null ? DriftVerdict.NotComputable
            : significant.Length > 0 ? DriftVerdict.ChangedButImmaterial
            : DriftVerdict.Stable;
        string headline = verdict switch
        {
            DriftVerdict.Material => "changed beyond chance, and enough to matter",
            DriftVerdict.ChangedButImmaterial => "changed beyond chance, too little to matter",
            DriftVerdict.NotComputable => "not computable",
            _ => "no change beyond chance",
        };
        string[] remarks = column.NotComputable is { } reason ? [reason, .. column.Remarks] : [.. column.Remarks];
        return new ColumnDrift
        {
            Column = column.Column,
            Verdict = verdict,
            Reason = remarks.Length == 0 ? headline : $"{headline}: {string.Join("; ", remarks)}",
            Statistics = column.Statistics,
            PValue = column.Tests.Any() ? column.Tests.Min(t => t.PValue) : null,
        };
    }

    private IEnumerable<CheckOutcome> Checks(DriftReference reference, DriftContext context, List<ColumnAssessment> columns, ColumnAssessment? score)
    {
        string correction = Correction(columns);
        yield return Check("distribution", columns, c => c.Distribution is not null || c.NotComputable is null, correction);
        yield return Check("missing share", columns, c => c.Statistics.Count > 0, correction);
        yield return
            reference.Score is null ? new CheckOutcome(DriftMonitor.ScoreColumn, CheckStatus.NotRun, "the reference holds no predictions: pass them to Summarize")
            : score is null
                ? new CheckOutcome(DriftMonitor.ScoreColumn, CheckStatus.NotRun, "there are no predictions for the current rows")
                : score.NotComputable is { } reason
                    ? new CheckOutcome(DriftMonitor.ScoreColumn, CheckStatus.Undefined, reason)
                    : new CheckOutcome(DriftMonitor.ScoreColumn, CheckStatus.Run, "the model's output, among the distributions above");
        string[] unknown = [.. context.Current.Schema.Select(c => c.Name).Except(reference.Columns, StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            yield return new CheckOutcome(
                "columns without a reference", CheckStatus.NotRun, string.Join(", ", unknown.Select(n => ignored.Contains(n) ? $"{n} (ignored by choice)" : n)));
        }
    }

    private static CheckOutcome Check(string name, List<ColumnAssessment> columns, Func<ColumnAssessment, bool> ran, string correction)
    {
        ColumnAssessment[] compared = [.. columns.Where(ran)], without = [.. columns.Where(c => !ran(c))];
        string missed = without.Length == 0 ? string.Empty : $"; not computable: {string.Join(", ", without.Select(c => c.Column))}";
        return compared.Length == 0
            ? new CheckOutcome(name, CheckStatus.Undefined, without.Length == 0 ? "there are no columns" : without[0].NotComputable ?? "no column could be compared")
            : new CheckOutcome(name, CheckStatus.Run, string.Create(CultureInfo.InvariantCulture, $"{compared.Length} of {columns.Count} column(s), {correction}{missed}"));
    }
}
