using MlSystemDesign.Training;

namespace MlSystemDesign.Explanation;

/// <summary>Exact SHAP values of a linear model against a background: coefficient × (value − mean), summed over the transformed columns of each input column.</summary>
/// <remarks>Transformed columns of different inputs do not meet in the model, so that the sum of each is its Shapley value.</remarks>
internal sealed class LinearShap : IAttributionKernel
{
    private readonly LinearPredictor _linear;
    private readonly IReadOnlyList<int> _inputOf;
    private readonly double[] _means;

    /// <exception cref="ExplanationException">The transform does not say which input its columns come from.</exception>
    internal LinearShap(LinearPredictor linear, FeatureTable background)
    {
        _linear = linear;
        _inputOf = linear.Transform is FittedStandardTransform standard
            ? standard.InputOf
            : throw new ExplanationException(
                $"A linear model can be explained if each transformed column comes from one input column. Got a transform of kind '{linear.Transform.Kind}', which does not say. Train with StandardTransform, or implement IExplainer.");
        FeatureTable columns = linear.Transform.Apply(background);
        _means = new double[columns.Schema.Count];
        BaseValue = linear.Intercept;
        Scale = Math.Abs(linear.Intercept);
        for (int c = 0; c < _means.Length; c++)
        {
            double sum = 0, largest = 0;
            foreach (double value in columns.Numbers(c))
            {
                sum += value;
                largest = Math.Max(largest, Math.Abs(value));
            }

            _means[c] = sum / columns.RowCount;
            BaseValue += linear.Coefficients[c] * _means[c];
            Scale += Math.Abs(linear.Coefficients[c]) * largest;
        }
    }

    public double BaseValue { get; }

    public double Scale { get; }

    public double Rounding => 0;

    public AttributionMethod Method => AttributionMethod.Interventional;

    public CoverKind Cover => CoverKind.None;

    public void Explain(FeatureTable table, int first, Span<double> scores, Span<double> values)
    {
        int[] picked = new int[scores.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = first + i;
        }

        int inputs = table.Schema.Count;
        FeatureTable rows = table.SelectRows(picked);
        _linear.Score(rows, scores);
        FeatureTable columns = _linear.Transform.Apply(rows);
        values.Clear();
        for (int c = 0; c < _means.Length; c++)
        {
            ReadOnlySpan<double> column = columns.Numbers(c);
            for (int i = 0; i < column.Length; i++)
            {
                values[(i * inputs) + _inputOf[c]] += _linear.Coefficients[c] * (column[i] - _means[c]);
            }
        }
    }
}
