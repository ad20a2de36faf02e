namespace MlSystemDesign.Explanation;

/// <summary>Explains many rows at once: what moves the scores in general, by how much, in which direction, and which features together.</summary>
/// <remarks>Immutable and safe for concurrent use. The attributions pass by in chunks and are not kept. Equal rows in equal order give equal bits.</remarks>
public sealed class GlobalExplainer
{
    private const int RowsPerChunk = 4096;

    // Of doubles in a chunk of interactions, which take columns² a row.
    private const int InteractionsPerChunk = 4_000_000;

    private readonly TrainedModel _model;
    private readonly IExplainer _explainer;
    private readonly GlobalExplainerOptions _options;

    /// <summary>Creates an explainer of many rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="explainer">Explains its rows one by one. Interactions need a <see cref="ModelExplainer"/> that is path-dependent.</param>
    /// <param name="options">How finely to look; the defaults when absent. Not to be changed afterwards.</param>
    /// <exception cref="PlanException">An option is outside its range.</exception>
    public GlobalExplainer(TrainedModel model, IExplainer explainer, GlobalExplainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(explainer);
        _model = model;
        _explainer = explainer;
        _options = options ?? new GlobalExplainerOptions();
        _options.Validate();
    }

    /// <summary>Explains rows.</summary>
    /// <param name="rows">n rows that have at least the model's columns; several rows of one entity are allowed for in the intervals. Rows like those decided for say what drives decisions.</param>
    /// <param name="progress">Told the share of rows done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The explanation; without rows, all of it undefined, with that reason.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    /// <exception cref="ExplanationException">The attributions of a row do not add up to its score.</exception>
    /// <remarks>The bins are cut by these rows; <see cref="AttributionSummary"/> takes rows that never lie in memory together. Cost: that of the explainer, and some
    /// 20 ns per row and column.</remarks>
    public GlobalExplanation Explain(FeatureTable rows, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FeatureTable aligned = rows.AlignTo(_model.Schema);
        AttributionSummary summary = new(_model, aligned, _options, cancellationToken);
        int[] all = [.. Enumerable.Range(0, aligned.RowCount)];
        ModelExplainer? pairs = _explainer is ModelExplainer { Method: AttributionMethod.PathDependent } trees ? trees : null;
        int[] paired = pairs is null || _options.InteractionRows == 0 ? [] : [.. all.OrderBy(i => AttributionSummary.HashOf(aligned.Observations, i)).ThenBy(i => i).Take(_options.InteractionRows)];
        int steps = all.Length + paired.Length;
        foreach (FeatureTable chunk in Chunks(aligned, all, RowsPerChunk, 0))
        {
            summary.Add(_explainer.Explain(chunk, cancellationToken), chunk);
        }

        foreach (FeatureTable chunk in Chunks(aligned, paired, RowsPerInteractionChunk, all.Length))
        {
            summary.Add(pairs!.ExplainInteractions(chunk, cancellationToken));
        }

        GlobalExplanation explanation = summary.ToExplanation(cancellationToken);
        return explanation.NoInteractionsReason is null ? explanation : explanation with { NoInteractionsReason = WhyNoPairs(pairs is not null, explanation) };

        IEnumerable<FeatureTable> Chunks(FeatureTable table, int[] picked, int size, int before)
        {
            for (int start = 0; start < picked.Length; start += size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int end = Math.Min(picked.Length, start + size);
                yield return table.SelectRows(picked.AsSpan(start, end - start));
                progress?.Report((double)(before + end) / steps);
            }
        }
    }

    private int RowsPerInteractionChunk => (int)Math.Clamp(InteractionsPerChunk / Math.Max(1, (long)_model.Schema.Count * _model.Schema.Count), 1, RowsPerChunk);

    private static string WhyNoPairs(bool hasPairs, GlobalExplanation explanation) =>
        explanation.Features.Count < 2 ? explanation.NoInteractionsReason!
        : !hasPairs ? "interactions need a path-dependent explainer of boosted trees"
        : explanation.Rows == 0 ? "no row was explained"
        : "interactions were not asked for: set InteractionRows";
}
