using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>One fold in training: a booster on the rows of the other folds, measured on its own as it grows.</summary>
internal sealed class FoldFit : IDisposable
{
    private readonly BoostingData _data;
    private readonly int[] _validationRows;
    private readonly int _fold;
    private readonly LossMeasure _loss;
    private readonly RoundSearch _search;
    private readonly List<double> _losses = [];
    private readonly List<double[]>? _predictions; // of the last rounds; null when nobody asks for them
    private readonly double[] _latest;
    private readonly List<int> _treesAfter = [];
    private readonly IBooster _booster;
    private bool _finished;
    private double? _finalLoss;

    /// <param name="library">What trains.</param>
    /// <param name="data">All rows.</param>
    /// <param name="rows">The rows of each fold.</param>
    /// <param name="fold">The fold that is held out.</param>
    /// <param name="loss">Measures it.</param>
    /// <param name="search">Which rounds are measured.</param>
    /// <param name="keepsPredictions">Whether <see cref="Predictions"/> will be asked for: they take a number per held-out row and round.</param>
    public FoldFit(IBoostingLibrary library, BoostingData data, FoldRows rows, int fold, LossMeasure loss, RoundSearch search, bool keepsPredictions)
    {
        _data = data;
        _validationRows = rows.Validation[fold];
        _fold = fold;
        _loss = loss;
        _search = search;
        _predictions = keepsPredictions ? [] : null;
        _latest = new double[_validationRows.Length];
        _booster = library.Start(data, rows.Train[fold], _validationRows);
    }

    /// <summary>The loss of the held-out rows times their weight, after each round so far; NaN where not measured.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>What was predicted for the held-out rows after a round (from 0) of the last <see cref="AdvanceTo"/>; empty where not measured.</summary>
    public double[] Predictions(int round) => _predictions![round - (_losses.Count - _predictions.Count)];

    /// <summary>Grows trees until there are as many rounds as asked for.</summary>
    public void AdvanceTo(int rounds, CancellationToken cancellationToken)
    {
        _predictions?.Clear();
        while (_losses.Count < rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _finished = _finished || _booster.Update();
            _treesAfter.Add(_booster.TreeCount);
            bool measures = _search.Measures(_losses.Count + 1);
            _losses.Add(measures ? Measured() : double.NaN);
            _predictions?.Add(measures ? [.. _latest] : []);
        }
    }

    /// <summary>Writes the raw margins of the validation rows after the given round to their places.</summary>
    public void WriteMargins(int rounds, double[] margins)
    {
        TreeEnsemble ensemble = _booster.Trees(_treesAfter[rounds - 1]);
        foreach (int row in _validationRows)
        {
            margins[row] = ensemble.Margin(_data.Row(row));
        }
    }

    public void Dispose() => _booster.Dispose();

    private double Measured()
    {
        // No split is left: the model stays as it is.
        if (_finalLoss is { } final)
        {
            return final;
        }

        _booster.ValidationPredictions(_latest);
        double loss = _loss.Total(_fold, _latest);
        _finalLoss = _finished ? loss : null;
        return loss;
    }
}
