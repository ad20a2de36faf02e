using System.Globalization;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Losses;

/// <summary>A model in training that is given its gradients round by round.</summary>
internal sealed class OwnLossBooster : IBooster
{
    private readonly IBooster _booster;
    private readonly IBoostingLoss _loss;
    private readonly double[] _targets, _margins;
    private readonly float[]? _weights;
    private readonly double _scale;
    private readonly float[] _gradients, _hessians;

    /// <param name="booster">The booster that is given them; disposed with this one.</param>
    /// <param name="loss">Where they come from.</param>
    /// <param name="data">All rows.</param>
    /// <param name="trainRows">The numbers of the rows trained on.</param>
    /// <param name="scale">What gradients and hessians are multiplied by.</param>
    public OwnLossBooster(IBooster booster, IBoostingLoss loss, BoostingData data, int[] trainRows, double scale)
    {
        _scale = scale;
        _booster = booster;
        _loss = loss;
        _targets = Array.ConvertAll(trainRows, data.Label);
        _weights = data.GatherWeights(trainRows);
        _margins = new double[trainRows.Length];
        _gradients = new float[trainRows.Length];
        _hessians = new float[trainRows.Length];
    }

    public int TreeCount => _booster.TreeCount;

    public bool Update()
    {
        _booster.TrainingMargins(_margins);
        for (int i = 0; i < _margins.Length; i++)
        {
            (double gradient, double hessian) = _loss.Derivatives(_margins[i], _targets[i]);
            double weight = _scale * (_weights is null ? 1 : _weights[i]);
            (_gradients[i], _hessians[i]) = ((float)(weight * gradient), (float)(weight * hessian));

            // Written so that NaN fails.
            if (!(float.IsFinite(_gradients[i]) && _hessians[i] >= 0 && float.IsFinite(_hessians[i])))
            {
                throw new BoostingException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The derivatives of loss '{_loss.Name}' must be finite in 32 bits, and the hessian not negative. Got gradient {gradient:R} and hessian {hessian:R} at margin {_margins[i]:R}, target {_targets[i]:R}. Bound them there."));
            }
        }

        return _booster.Update(_gradients, _hessians);
    }

    public bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians) => _booster.Update(gradients, hessians);

    public void TrainingMargins(Span<double> margins) => _booster.TrainingMargins(margins);

    public void ValidationPredictions(Span<double> predictions) => _booster.ValidationPredictions(predictions);

    public TreeEnsemble Trees(int rounds) => _booster.Trees(rounds);

    public double[] Margins(ReadOnlySpan<double> values, int rows, int columns) => _booster.Margins(values, rows, columns);

    public void Dispose() => _booster.Dispose();
}
