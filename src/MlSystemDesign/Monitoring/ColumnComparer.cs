using System.Globalization;

namespace MlSystemDesign.Monitoring;

/// <summary>Compares one column with its reference: tests and effects, no verdict yet.</summary>
internal sealed class ColumnComparer(DriftMonitorOptions options)
{
    private const int NamedLevels = 5;

    internal ColumnAssessment CompareNumbers(NumberReference reference, ReadOnlySpan<double> column)
    {
        ColumnAssessment assessment = new(reference.Name);
        double[] current = NumberReference.Present(column);
        CompareMissing(assessment, reference.Missing, reference.Count, column.Length - current.Length, current.Length);
        assessment.NotComputable = FaultOf(reference.Count, current.Length);
        if (assessment.NotComputable is { } reason)
        {
            assessment.Statistics.Add(Metric.Undefined("KS distance", reason, current.Length, MetricDirection.Descriptive));
            assessment.Statistics.Add(Metric.Undefined("PSI", reason, current.Length, MetricDirection.Descriptive));
            return assessment;
        }

        if (reference.Values.Length == 1 && current[0] == reference.Values[0] && current[^1] == current[0])
        {
            assessment.Remarks.Add($"constant, {Text(current[0])} on both sides");
            assessment.Statistics.Add(Metric.Of("KS distance", 0, current.Length, MetricDirection.Descriptive));
            assessment.Statistics.Add(Metric.Undefined("PSI", "the reference has one value only, so there are no bins", current.Length, MetricDirection.Descriptive));
            return assessment;
        }

        KolmogorovSmirnov test = KolmogorovSmirnov.Compare(reference, current);
        assessment.Statistics.Add(Metric.Of("KS distance", test.Distance, current.Length, MetricDirection.Descriptive));
        assessment.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"KS distance {test.Distance:0.0000} ({PText(test.PValue)}{(test.IsExact ? ", exact" : string.Empty)}; floor {options.KolmogorovSmirnovFloor})"));
        if (test.ErrorBound > 0)
        {
            assessment.Statistics.Add(Metric.Of("KS distance, hidden by quantiles at most", test.ErrorBound, current.Length, MetricDirection.Descriptive));
        }

        bool large = test.Distance >= options.KolmogorovSmirnovFloor;
        if (PopulationStability.OfDeciles(reference, current) is { } psi)
        {
            large |= AddPsi(assessment, psi, current.Length);
        }
        else
        {
            assessment.Statistics.Add(Metric.Undefined("PSI", "the reference has one value only, so there are no bins", current.Length, MetricDirection.Descriptive));
        }

        assessment.Distribution = new ColumnTest(test.PValue, large);
        return assessment;
    }

    internal ColumnAssessment CompareCategories(CategoryReference reference, FeatureColumn column, ReadOnlySpan<int> codes)
    {
        ColumnAssessment assessment = new(reference.Name);
        SortedDictionary<string, int> counts = CategoryReference.Count(column, codes, out int missing);
        int present = codes.Length - missing;
        CompareMissing(assessment, reference.Missing, reference.Present, missing, present);
        assessment.NotComputable = reference.IsIdentifier
            ? "nearly every reference row has its own level, as in an identifier: remove the column or list it under IgnoredColumns"
            : FaultOf(reference.Present, present);
        if (assessment.NotComputable is { } reason)
        {
            AddUndefined(assessment, reason, present);
            return assessment;
        }

        string[] levels = [.. reference.Levels.Union(counts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> expected = reference.Levels.Zip(reference.Counts).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        int[] before = [.. levels.Select(l => expected.GetValueOrDefault(l))], now = [.. levels.Select(l => counts.GetValueOrDefault(l))];
        if (levels.Length == 1)
        {
            assessment.Remarks.Add($"constant, '{levels[0]}' on both sides");
            AddUndefined(assessment, "both sides have one level, the same", present);
            return assessment;
        }

        if (ContingencyTest.Compare(before, now) is not { } test)
        {
            assessment.NotComputable = "no level is frequent enough to be compared: group the levels or list the column under IgnoredColumns";
            AddUndefined(assessment, assessment.NotComputable, present);
            return assessment;
        }

        assessment.Statistics.Add(Metric.Of("Cramér's V", test.CramersV, present, MetricDirection.Descriptive));
        assessment.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture, $"Cramér's V {test.CramersV:0.0000} ({PText(test.PValue)}; floor {options.CramersVFloor})"));
        (int[] pooledBefore, int[] pooledNow, _) = ContingencyTest.Pool(before, now);
        bool large = AddPsi(assessment, PopulationStability.Of(pooledBefore, pooledNow), present) || test.CramersV >= options.CramersVFloor;
        AddLevels(assessment, "unseen in the reference", levels.Where((_, i) => before[i] == 0));
        AddLevels(assessment, "vanished", levels.Where((_, i) => now[i] == 0 && (double)before[i] * present / reference.Present >= 5));
        assessment.Distribution = new ColumnTest(test.PValue, large);
        return assessment;
    }

    private static void AddUndefined(ColumnAssessment assessment, string reason, int present)
    {
        assessment.Statistics.Add(Metric.Undefined("Cramér's V", reason, present, MetricDirection.Descriptive));
        assessment.Statistics.Add(Metric.Undefined("PSI", reason, present, MetricDirection.Descriptive));
    }

    private static void AddLevels(ColumnAssessment assessment, string what, IEnumerable<string> levels)
    {
        string[] names = [.. levels];
        if (names.Length > 0)
        {
            string more = names.Length > NamedLevels ? $" and {(names.Length - NamedLevels).ToString(CultureInfo.InvariantCulture)} more" : string.Empty;
            assessment.Remarks.Add($"{what}: {string.Join(", ", names.Take(NamedLevels).Select(n => $"'{n}'"))}{more}");
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string PText(double p) => p < 1e-15 ? "p < 1e-15" : string.Create(CultureInfo.InvariantCulture, $"p {p:G2}");

    private string? FaultOf(int reference, int current) =>
        current == 0 ? "every current value is missing"
        : reference == 0 ? "every reference value is missing"
        : current < options.MinimumRows ? Few(current, "current")
        : reference < options.MinimumRows ? Few(reference, "reference")
        : null;

    private string Few(int count, string side) => string.Create(
        CultureInfo.InvariantCulture, $"only {count} {side} values are present; {options.MinimumRows} are needed, so that one row cannot raise an alarm");

    private bool AddPsi(ColumnAssessment assessment, PopulationStability psi, int count)
    {
        assessment.Statistics.Add(Metric.Of("PSI", psi.Index, count, MetricDirection.Descriptive));
        assessment.Statistics.Add(Metric.Of("PSI, 95 % under no change", psi.NullUpper, count, MetricDirection.Descriptive));
        assessment.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture, $"PSI {psi.Index:0.0000} (chance alone gives up to {psi.NullUpper:0.0000}; floor {options.PsiFloor})"));
        return psi.Index >= options.PsiFloor && psi.Index > psi.NullUpper;
    }

    private void CompareMissing(ColumnAssessment assessment, int referenceMissing, int referencePresent, int missing, int present)
    {
        int count = missing + present, referenceCount = referenceMissing + referencePresent;
        double share = (double)missing / count, before = (double)referenceMissing / referenceCount;
        assessment.Statistics.Add(Metric.Of("missing share", share, count, MetricDirection.Descriptive, unit: "share"));
        assessment.Statistics.Add(Metric.Of("missing share, reference", before, referenceCount, MetricDirection.Descriptive, unit: "share"));
        if ((missing == 0 && referenceMissing == 0) || (present == 0 && referencePresent == 0))
        {
            return;
        }

        double p = ProportionTest.PValue(referenceMissing, referenceCount, missing, count);
        assessment.Missing = new ColumnTest(p, Math.Abs(share - before) >= options.MissingShareFloor);
        assessment.Remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"missing {share * 100:0.0} % against {before * 100:0.0} % in the reference ({PText(p)}; floor {options.MissingShareFloor * 100:0.###} points)"));
    }
}
