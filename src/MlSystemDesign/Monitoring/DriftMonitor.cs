using System.Globalization;

namespace MlSystemDesign.Monitoring;

/// <summary>Compares the distribution of every feature, and of the score, with the reference: significance, effect and a verdict in words. Step 6.</summary>
/// <remarks>
/// <para>Number columns: Kolmogorov-Smirnov, exact with ties for small samples; PSI on the reference's deciles with the value that chance alone explains.
/// Category columns: χ² on the contingency table with rare levels pooled, Cramér's V, PSI; unseen and vanished levels by name. Every column: the share of
/// missing values, as a test of its own; the distribution is that of the present values.</para>
/// <para>All tests of a run are corrected together (<see cref="DriftMonitorOptions.Correction"/>). A column is material when a test is significant after
/// correction and one of its effects reaches its floor, changed but immaterial when only significant, and not computable when its distribution cannot be
/// compared and its missing share tells nothing material. An empty feed is never stable, and one odd row never raises an alarm.</para>
/// <para>Immutable and safe for concurrent use; columns are compared one by one on the caller's thread. Summarising costs a sort per column; comparing costs
/// a sort of the current rows, and up to 4 million steps per column when the exact test applies.</para>
/// </remarks>
public sealed class DriftMonitor : IDriftMonitor
{
    /// <summary>The name under which the model's output is reported.</summary>
    public const string ScoreColumn = "score";

    private readonly DriftMonitorOptions _options;
    private readonly ColumnComparer _comparer;
    private readonly HashSet<string> _ignored;

    /// <summary>Creates a monitor.</summary>
    /// <param name="options">When a change is real and when it is material; the defaults when <see langword="null"/>. Not to be changed afterwards.</param>
    /// <exception cref="PlanException">An option is outside its range.</exception>
    public DriftMonitor(DriftMonitorOptions? options = null)
    {
        _options = options ?? new DriftMonitorOptions();
        _options.Validate();
        _comparer = new ColumnComparer(_options);
        _ignored = new HashSet<string>(_options.IgnoredColumns, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are predictions, but not one per row.</exception>
    public IDriftReference Summarize(FeatureTable reference, ReadOnlySpan<double> predictions = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RequireLength(reference, predictions.Length);
        List<NumberReference> numbers = [];
        List<CategoryReference> categories = [];
        for (int c = 0; c < reference.Schema.Count; c++)
        {
            FeatureColumn column = reference.Schema[c];
            if (_ignored.Contains(column.Name))
            {
                continue;
            }

            if (column.Kind == ColumnKind.Number)
            {
                numbers.Add(NumberReference.Of(column.Name, reference.Numbers(c), _options.MaximumPoints));
            }
            else
            {
                categories.Add(CategoryReference.Of(column, reference.Codes(c), _options.IdentifierShare));
            }
        }

        NumberReference? score = predictions.IsEmpty ? null : NumberReference.Of(ScoreColumn, predictions, _options.MaximumPoints);
        return new DriftReference(reference.RowCount, numbers, categories, score);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The reference was made by another monitor, or there are predictions, but not one per row.</exception>
    public ValueTask<DriftReport> CompareAsync(DriftContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        DriftReference reference = context.Reference as DriftReference ?? throw new ArgumentException(
            $"The reference must be one that this kind of monitor made. Got kind '{context.Reference?.Kind}'. Pass what Summarize returned.", nameof(context));
        RequireLength(context.Current, context.Predictions.Length);
        List<ColumnAssessment> columns = [];
        foreach (NumberReference column in reference.Numbers.Where(c => !_ignored.Contains(c.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int at = context.Current.Schema.IndexOf(column.Name);
            columns.Add(FaultOf(reference, context.Current, at, ColumnKind.Number) is { } fault
                ? ColumnAssessment.Without(column.Name, fault)
                : _comparer.CompareNumbers(column, context.Current.Numbers(at)));
        }

        foreach (CategoryReference column in reference.Categories.Where(c => !_ignored.Contains(c.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int at = context.Current.Schema.IndexOf(column.Name);
            columns.Add(FaultOf(reference, context.Current, at, ColumnKind.Category) is { } fault
                ? ColumnAssessment.Without(column.Name, fault)
                : _comparer.CompareCategories(column, context.Current.Schema[at], context.Current.Codes(at)));
        }

        cancellationToken.ThrowIfCancellationRequested();
        ColumnAssessment? score = CompareScore(reference, context);
        if (score is not null)
        {
            columns.Add(score);
        }

        ColumnAssessment.Correct(columns, _options.Correction);
        return ValueTask.FromResult(new DriftReporter(_options, _ignored).Report(reference, context, columns, score));
    }

    private static void RequireLength(FeatureTable table, int predictions)
    {
        if (predictions != 0 && predictions != table.RowCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"There must be one prediction per row ({table.RowCount}), or none. Got {predictions}. Score the same rows."));
        }
    }

    private ColumnAssessment? CompareScore(DriftReference reference, DriftContext context) =>
        reference.Score is null || (context.Predictions.IsEmpty && context.Current.RowCount > 0) ? null
        : RowFault(reference, context.Current) is { } fault ? ColumnAssessment.Without(ScoreColumn, fault)
        : _comparer.CompareNumbers(reference.Score, context.Predictions.Span);

    private string? FaultOf(DriftReference reference, FeatureTable current, int column, ColumnKind kind) =>
        RowFault(reference, current) is { } fault ? fault
        : column < 0 ? "the current rows do not have this column: build them with the plan that the model was trained on"
        : current.Schema[column].Kind != kind ? $"the reference holds {kind} values, the current rows {current.Schema[column].Kind} values"
        : null;

    private string? RowFault(DriftReference reference, FeatureTable current) =>
        current.RowCount == 0 ? "the current feed is empty: 0 rows"
        : reference.Count == 0 ? "the reference is empty: 0 rows"
        : current.RowCount < _options.MinimumRows ? TooFew(current.RowCount, "current")
        : reference.Count < _options.MinimumRows ? TooFew(reference.Count, "reference")
        : null;

    private string TooFew(int rows, string side) => string.Create(
        CultureInfo.InvariantCulture, $"only {rows} {side} row(s); {_options.MinimumRows} are needed, so that one row cannot raise an alarm");
}
