using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>One native model in training, with the rows that it is validated on. All calls come from one thread.</summary>
internal interface IBooster : IDisposable
{
    /// <summary>Runs one round.</summary>
    /// <returns>Whether no round can change the model any more.</returns>
    bool Update();

    /// <summary>How many trees there are; a round that found no split may have added none.</summary>
    int TreeCount { get; }

    /// <summary>What it predicts now for its validation rows: probabilities, or values.</summary>
    void ValidationPredictions(Span<double> predictions);

    /// <summary>The managed form of its first <paramref name="rounds"/> trees, or of all of them where there are fewer.</summary>
    TreeEnsemble Trees(int rounds);

    /// <summary>The native predictor's raw margins of row-major rows: what the managed scorer must equal.</summary>
    double[] Margins(ReadOnlySpan<double> values, int rows, int columns);
}
