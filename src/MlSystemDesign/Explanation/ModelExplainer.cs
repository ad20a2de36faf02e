using System.Globalization;
using MlSystemDesign.Explanation.Trees;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation;

/// <summary>Explains the built-in models exactly: SHAP values on the scale of the raw score (log-odds), checked to add up on every call.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; managed code, no native library. The tables of boosted trees take about 24 KB per tree of 31 leaves
/// and are made once, so keep the explainer. Equal rows give equal bits on any number of threads, in any company, at any vector width.
/// </remarks>
public sealed class ModelExplainer : IExplainer
{
    // Of the largest sum that a score can be, in which its terms may cancel out.
    private const double RelativeBound = 1e-12;
    private const int RowsPerChunk = 256;

    private readonly TrainedModel _model;
    private readonly IAttributionKernel _kernel;
    private readonly int _degreeOfParallelism;

    internal ModelExplainer(TrainedModel model, IAttributionKernel kernel, int degreeOfParallelism)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreeOfParallelism, 1);
        _model = model;
        _kernel = kernel;
        _degreeOfParallelism = degreeOfParallelism;
    }

    /// <summary>Gets the score when no feature is known.</summary>
    public double BaseValue => _kernel.BaseValue;

    /// <summary>Gets what unknown features are compared with.</summary>
    public AttributionMethod Method => _kernel.Method;

    /// <summary>Gets what the trees weigh branches by; none where no cover is used.</summary>
    public CoverKind Cover => _kernel.Cover;

    /// <summary>Gets by how much the attributions of a row and the base value may miss its score through rounding: 1e-12 of the largest sum of leaves or terms, and for
    /// trees of XGBoost, which add up in 32 bits, 6e-8 of it per tree. A row whose own terms are larger may miss it by 1e-12 of their sum. The attributions themselves are in doubles always.</summary>
    public double AdditivityBound => (RelativeBound + _kernel.Rounding) * Math.Max(1, _kernel.Scale);

    /// <summary>Explains any built-in model: boosted trees that remember their training rows against these, all others against a background.</summary>
    /// <param name="model">A model with a built-in predictor.</param>
    /// <param name="background">At least one row with the model's columns, such as the candidates of a decision run.</param>
    /// <param name="degreeOfParallelism">The most threads that a call uses.</param>
    /// <exception cref="ArgumentException">The background is empty, or lacks a column.</exception>
    /// <exception cref="ExplanationException">The predictor is of a kind that cannot be explained exactly.</exception>
    public static ModelExplainer For(TrainedModel model, FeatureTable background, int degreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Predictor is TreePredictor { Ensemble.Cover: not CoverKind.None }
            ? PathDependent(model, degreeOfParallelism)
            : Interventional(model, background, degreeOfParallelism);
    }

    /// <summary>Explains boosted trees against their training rows, as they remember them.</summary>
    /// <param name="model">A model of boosted trees with covers.</param>
    /// <param name="degreeOfParallelism">The most threads that a call uses.</param>
    /// <exception cref="ExplanationException">The model has no trees, or they have no covers.</exception>
    /// <remarks>O(leaves × ⌈features on a path / 2⌉) per tree and row. Source: Lundberg et al., Nature Machine Intelligence 2, 2020 (the values);
    /// Wettenstein, Mitchell and Yu, arXiv 2605.04497 (the quadrature).</remarks>
    public static ModelExplainer PathDependent(TrainedModel model, int degreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Predictor is TreePredictor trees
            ? new ModelExplainer(model, new QuadratureTreeShap(trees.Ensemble), degreeOfParallelism)
            : throw new ExplanationException(
                $"A path-dependent explanation needs boosted trees. Got a predictor of kind '{model.Predictor.Kind}'. Explain against a background table instead: ModelExplainer.Interventional.");
    }

    /// <summary>Explains boosted trees or a linear model against rows that stand for the population.</summary>
    /// <param name="model">A model with a built-in predictor.</param>
    /// <param name="background">At least one row with the model's columns. Some hundred typical rows are common; the base value is their mean score.</param>
    /// <param name="degreeOfParallelism">The most threads that a call uses.</param>
    /// <exception cref="ArgumentException">The background is empty, or lacks a column.</exception>
    /// <exception cref="ExplanationException">The predictor is of a kind that cannot be explained exactly.</exception>
    /// <remarks>Trees: per leaf and distinct pattern of a row O(distinct patterns of the background). Linear: coefficient × (value − mean), summed over
    /// the transformed columns of one input column.</remarks>
    public static ModelExplainer Interventional(TrainedModel model, FeatureTable background, int degreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(background);
        if (background.RowCount == 0)
        {
            throw new ArgumentException("A background must have at least one row. Got none. Pass some hundred typical rows, such as a sample of the training set.", nameof(background));
        }

        FeatureTable rows = background.AlignTo(model.Schema);
        IAttributionKernel kernel = model.Predictor switch
        {
            TreePredictor trees => new InterventionalTreeShap(trees.Ensemble, rows),
            LinearPredictor linear => new LinearShap(linear, rows),
            _ => throw new ExplanationException(
                $"Only boosted trees and linear models can be explained exactly. Got a predictor of kind '{model.Predictor.Kind}'. Implement IExplainer for it."),
        };
        return new ModelExplainer(model, kernel, degreeOfParallelism);
    }

    /// <inheritdoc/>
    public AttributionTable Explain(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FeatureTable aligned = rows.AlignTo(_model.Schema);
        int columns = _model.Schema.Count;
        double[] scores = new double[aligned.RowCount], values = new double[(long)aligned.RowCount * columns];
        int chunks = (aligned.RowCount + RowsPerChunk - 1) / RowsPerChunk;
        FoldLoop.Run(chunks, _degreeOfParallelism, ExplainChunk, cancellationToken);
        return new AttributionTable(aligned.Observations, _model.Schema, BaseValue, scores, values, Method, Cover);

        void ExplainChunk(int chunk)
        {
            int first = chunk * RowsPerChunk, count = Math.Min(RowsPerChunk, scores.Length - first);
            Span<double> chunkScores = scores.AsSpan(first, count), chunkValues = values.AsSpan(first * columns, count * columns);
            _kernel.Explain(aligned, first, chunkScores, chunkValues);
            for (int i = 0; i < count; i++)
            {
                RequireSum(first + i, chunkScores[i], chunkValues.Slice(i * columns, columns));
            }
        }
    }

    /// <summary>Explains rows, and splits each attribution by pairs of columns.</summary>
    /// <param name="rows">n rows that have at least the model's columns. The result takes n × columns² values.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    /// <exception cref="ExplanationException">The explainer is interventional, or the attributions of a row do not add up.</exception>
    /// <remarks>Path-dependent explainers only. O(leaves × depth × features on a path) per tree and row.</remarks>
    public InteractionTable ExplainInteractions(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        AttributionTable attributions = Explain(rows, cancellationToken);
        if (_kernel is not QuadratureTreeShap trees)
        {
            throw new ExplanationException(
                $"Interactions need a path-dependent explainer of boosted trees. Got an explainer of method {Method}. Make one: ModelExplainer.PathDependent.");
        }

        FeatureTable aligned = rows.AlignTo(_model.Schema);
        int square = _model.Schema.Count * _model.Schema.Count;
        double[] values = new double[(long)aligned.RowCount * square];
        FoldLoop.Run(
            aligned.RowCount, _degreeOfParallelism, row => trees.Interact(aligned, row, attributions.Row(row), values.AsSpan(row * square, square)), cancellationToken);
        return new InteractionTable(attributions, values);
    }

    private void RequireSum(int row, double score, ReadOnlySpan<double> values)
    {
        double sum = BaseValue, size = Math.Abs(BaseValue);
        foreach (double value in values)
        {
            sum += value;
            size += Math.Abs(value);
        }

        // A row far outside the background has larger terms than any of it.
        double bound = Math.Max(AdditivityBound, RelativeBound * size);

        // Written so that NaN fails.
        if (!(Math.Abs(sum - score) <= bound))
        {
            throw new ExplanationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The base value and the attributions of a row must add up to its score within {bound:G3}. Got {sum:R} for {score:R} in row {row + 1}. Use no reason from this call, and report the model."));
        }
    }
}
