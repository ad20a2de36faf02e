using Microsoft.ML;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Hands trained models to ML.NET, so that existing pipelines, evaluations and <c>PredictionEngine</c>s work with them.</summary>
public static class MlNetModelExtensions
{
    /// <summary>Makes a model a transformer, which appends its predictions to data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threshold">From which probability "PredictedLabel" is true; without it there is no such column, since a cut-off is a matter of money and not of the model. In [0, 1].</param>
    /// <returns>
    /// A transformer. For a probability it appends "Score" (Single, the raw score), "Probability" (Single, calibrated) and, with a threshold, "PredictedLabel" (Boolean); for a value "Score" (Single,
    /// the value). Scores are computed in doubles, from the values as ML.NET holds them.
    /// </returns>
    /// <remarks>
    /// <para>The data must have the columns of <see cref="TrainedModel.Schema"/> by name: numbers of any type, or Boolean, for a number (NaN is missing), text or a key of texts for a category (key 0, unseen and
    /// empty are missing; where the model has a level "", empty text is that, since ML.NET cannot tell the two apart).</para>
    /// <para>The transformer is immutable and safe for concurrent use; cursors, rows and <c>PredictionEngine</c>s of it are for one thread at a time, as always in ML.NET. One that is caught in use by two throws, but
    /// that is a help to find the mistake and no protection: an engine writes its row before it asks for the score, and two calls that only just miss each other still mix their rows without a word.</para>
    /// <para>ML.NET cannot save it (<see cref="NotSupportedException"/>): save the model with <see cref="Lifecycle.ArtifactFile"/>.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">A model of values was given a threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not in [0, 1].</exception>
    public static ITransformer ToTransformer(this TrainedModel model, double? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (threshold is { } cut)
        {
            OptionRange.In(cut, 0, 1, nameof(threshold), nameof(ToTransformer));
            if (model.TargetKind != TargetKind.Probability)
            {
                throw new ArgumentException("Only a probability has a threshold. Got one for a model of values. Leave it out.", nameof(threshold));
            }
        }

        return new ModelTransformer(model, threshold);
    }
}
