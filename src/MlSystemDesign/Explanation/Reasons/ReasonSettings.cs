using System.Globalization;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation;

/// <summary>How a system explains its decisions: in which words, how many reasons, and against which rows. Saved with the system, so that every process that loads it writes
/// the same reasons.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class ReasonSettings : IArtifactPart
{
    /// <summary>The kind under which settings are saved.</summary>
    public const string ArtifactKind = "reasons";

    /// <summary>How many training rows stand for all where a model needs rows to be compared with.</summary>
    internal const int BackgroundRows = 256;

    /// <summary>How many values a background may have: some 200 MB in an artifact.</summary>
    internal const int MostBackgroundValues = 10_000_000;

    // The tables of an explainer are large: one model's are kept. Two threads may make them twice, to no harm.
    private volatile Tuple<TrainedModel, ModelExplainer>? _explainer;

    /// <summary>Creates settings.</summary>
    /// <param name="templates">The words; English when absent.</param>
    /// <param name="most">The most reasons of a decision. At least 1.</param>
    /// <param name="background">The rows that unknown features are compared with. Boosted trees that remember their training rows need none; for other models the training of a system
    /// adds a sample of its rows. Has rows and columns, at most 10,000,000 values: it is saved with the system.</param>
    /// <exception cref="ArgumentException">The background is empty, has no columns, or is too large.</exception>
    public ReasonSettings(ReasonTemplates? templates = null, int most = 3, FeatureTable? background = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (background is not null && ((long)background.RowCount * background.Schema.Count) is < 1 or > MostBackgroundValues)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A background must have rows and columns, at most {MostBackgroundValues} values. Got {background.RowCount} rows × {background.Schema.Count} columns. Pass some hundred typical rows."),
                nameof(background));
        }

        Templates = templates ?? ReasonTemplates.English;
        Most = most;
        Background = background;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the words.</summary>
    public ReasonTemplates Templates { get; }

    /// <summary>Gets the most reasons of a decision.</summary>
    public int Most { get; }

    /// <summary>Gets the rows that unknown features are compared with; <see langword="null"/> when there are none.</summary>
    public FeatureTable? Background { get; }

    /// <summary>Explains rows of a model in words.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">n rows that have at least the model's columns.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Per row its reasons, the largest attribution first.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    /// <exception cref="ExplanationException">The model cannot be explained exactly, or needs a background and there is none.</exception>
    public IReadOnlyList<IReadOnlyList<Reason>> Write(TrainedModel model, FeatureTable rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        return WriterFor(model).Write(ExplainerFor(model).Explain(rows, cancellationToken), rows);
    }

    /// <summary>The explainer of a model, made once.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ExplanationException">The model cannot be explained exactly, or needs a background and there is none.</exception>
    public ModelExplainer ExplainerFor(TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_explainer is not { } kept || !ReferenceEquals(kept.Item1, model))
        {
            _explainer = kept = Tuple.Create(model, Make(model));
        }

        return kept.Item2;
    }

    /// <summary>The writer of a model's reasons.</summary>
    /// <param name="model">The model.</param>
    public ReasonWriter WriterFor(TrainedModel model) => new(model, Templates, Most);

    /// <summary>These settings with what a model needs: a sample of its training rows, unless it needs none or there are some.</summary>
    /// <param name="model">The model.</param>
    /// <param name="training">Its training rows.</param>
    /// <exception cref="ExplanationException">The model cannot be explained exactly, or the background lacks a column of it.</exception>
    internal ReasonSettings For(TrainedModel model, FeatureTable training)
    {
        RequireColumns(model);
        ReasonSettings settings = Background is not null || ExplainsItself(model) ? this : new ReasonSettings(Templates, Most, SampleFor(model, training));
        settings.ExplainerFor(model);
        return settings;
    }

    private static bool ExplainsItself(TrainedModel model) => model.Predictor is TreePredictor { Ensemble.Cover: not CoverKind.None };

    private static FeatureTable SampleFor(TrainedModel model, FeatureTable training) => model.Schema.Count > 0
        ? BackgroundSample.Of(training.AlignTo(model.Schema), Math.Clamp(MostBackgroundValues / model.Schema.Count, 1, BackgroundRows))
        : throw new ExplanationException("A model must read columns to have reasons. This one reads none. Train it on features.");

    private void RequireColumns(TrainedModel model)
    {
        try
        {
            Background?.AlignTo(model.Schema);
        }
        catch (ArgumentException e)
        {
            throw new ExplanationException($"The background of the reasons must have the model's columns. It has not: {e.Message} Pass rows of the same features.", e);
        }
    }

    private ModelExplainer Make(TrainedModel model) =>
        ExplainsItself(model) ? ModelExplainer.PathDependent(model)
        : Background is { } background ? ModelExplainer.Interventional(model, background)
        : throw new ExplanationException(
            $"A model of kind '{model.Predictor.Kind}' is explained against rows that stand for the population. The settings hold none. Pass a background, such as some hundred training rows.");
}
