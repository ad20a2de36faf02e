using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>One native model in training, with the rows that it is validated on. All calls come from one thread.</summary>
internal interface IBooster : IDisposable
{
    /// <summary>Runs one round.</summary>
    /// <returns>Whether no round can change the model any more.</returns>
    bool Update();

    /// <summary>Runs one round by gradients of the caller, already weighted: one pair per training row, as the booster was started with their order.</summary>
    /// <returns>Whether no round can change the model any more.</returns>
    bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians);

    /// <summary>The raw margins of the training rows now; only where the caller brings the gradients.</summary>
    void TrainingMargins(Span<double> margins);

    /// <summary>How many trees there are; a round that found no split may have added none.</summary>
    int TreeCount { get; }

    /// <summary>What it predicts now for its validation rows: probabilities, or values; raw margins where the caller brings the gradients.</summary>
    void ValidationPredictions(Span<double> predictions);

    /// <summary>The managed form of its first <paramref name="rounds"/> trees, or of all of them where there are fewer.</summary>
    TreeEnsemble Trees(int rounds);

    /// <summary>The native predictor's raw margins of row-major rows: what the managed scorer must equal.</summary>
    double[] Margins(ReadOnlySpan<double> values, int rows, int columns);
}
