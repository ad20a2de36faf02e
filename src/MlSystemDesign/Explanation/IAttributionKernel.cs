namespace MlSystemDesign.Explanation;

/// <summary>How the scores of one predictor are split exactly over its columns. Immutable and safe for concurrent use.</summary>
internal interface IAttributionKernel
{
    /// <summary>Gets the score when no column is known.</summary>
    double BaseValue { get; }

    /// <summary>Gets how large the terms can be that a score is the sum of; rounding grows with it.</summary>
    double Scale { get; }

    /// <summary>Gets by which share of <see cref="Scale"/> the predictor's own arithmetic may round a score: 0 where it sums in doubles.</summary>
    double Rounding { get; }

    AttributionMethod Method { get; }

    CoverKind Cover { get; }

    /// <summary>Explains some rows; each by itself, so that its bits do not depend on the others.</summary>
    /// <param name="table">Rows with exactly the model's columns.</param>
    /// <param name="first">The first row to explain.</param>
    /// <param name="scores">A place per row to explain, overwritten with its raw score as the predictor gives it.</param>
    /// <param name="values">Rows × columns places, overwritten with attributions.</param>
    void Explain(FeatureTable table, int first, Span<double> scores, Span<double> values);
}
