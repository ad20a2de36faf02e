namespace MlSystemDesign.Monitoring;

/// <summary>What the tests say about one column, before correction for many columns.</summary>
internal sealed class ColumnAssessment(string column)
{
    /// <summary>Gets the column's name.</summary>
    internal string Column { get; } = column;

    /// <summary>Gets the statistics.</summary>
    internal List<Metric> Statistics { get; } = [];

    /// <summary>Gets what was seen, in words.</summary>
    internal List<string> Remarks { get; } = [];

    /// <summary>Gets or sets why the distribution cannot be compared; <see langword="null"/> when it was, or when both sides hold the same constant.</summary>
    internal string? NotComputable { get; set; }

    /// <summary>Gets or sets the test of the distribution.</summary>
    internal ColumnTest? Distribution { get; set; }

    /// <summary>Gets or sets the test of the share of missing values.</summary>
    internal ColumnTest? Missing { get; set; }

    /// <summary>Gets further tests, such as those of means.</summary>
    internal List<ColumnTest> Others { get; } = [];

    /// <summary>Gets the tests that ran.</summary>
    internal IEnumerable<ColumnTest> Tests
    {
        get
        {
            if (Distribution is not null)
            {
                yield return Distribution;
            }

            if (Missing is not null)
            {
                yield return Missing;
            }

            foreach (ColumnTest other in Others)
            {
                yield return other;
            }
        }
    }

    /// <summary>Corrects the tests of all columns together.</summary>
    internal static void Correct(IEnumerable<ColumnAssessment> columns, FalseDiscoveryControl control)
    {
        ColumnTest[] tests = [.. columns.SelectMany(c => c.Tests)];
        double[] adjusted = FalseDiscovery.Adjust(tests.Select(t => t.PValue).ToArray(), control);
        for (int i = 0; i < tests.Length; i++)
        {
            tests[i].Adjusted = adjusted[i];
        }
    }

    internal static ColumnAssessment Without(string column, string reason) => new(column) { NotComputable = reason };
}

/// <summary>One test of one column.</summary>
/// <param name="PValue">Before correction.</param>
/// <param name="IsLarge">Whether an effect reaches its floor.</param>
internal sealed record ColumnTest(double PValue, bool IsLarge)
{
    /// <summary>Gets or sets the p-value after correction for all tests of the run.</summary>
    internal double Adjusted { get; set; } = 1;
}
