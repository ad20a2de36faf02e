using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>One fold in training: a booster on the rows of the other folds, validated on its own after every round.</summary>
internal sealed class FoldFit : IDisposable
{
    private readonly BoostingData _data;
    private readonly int[] _validationRows;
    private readonly double[] _predictions;
    private readonly List<double> _lossSums = [];
    private readonly List<int> _treesAfter = [];
    private readonly IBooster _booster;
    private bool _finished;

    public FoldFit(IBoostingLibrary library, BoostingData data, int[] trainRows, int[] validationRows)
    {
        _data = data;
        _validationRows = validationRows;
        _predictions = new double[validationRows.Length];
        _booster = library.Start(data, trainRows, validationRows);
    }

    /// <summary>The sum of weight × loss over the validation rows, after each round so far.</summary>
    public IReadOnlyList<double> LossSums => _lossSums;

    /// <summary>Grows trees until there are as many rounds as asked for, validating after each.</summary>
    public void AdvanceTo(int rounds, CancellationToken cancellationToken)
    {
        while (_lossSums.Count < rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_finished)
            {
                // No split is left: the model, and so its loss, stays as it is.
                _lossSums.Add(_lossSums[^1]);
                _treesAfter.Add(_treesAfter[^1]);
                continue;
            }

            _finished = _booster.Update();
            _lossSums.Add(LossSum());
            _treesAfter.Add(_booster.TreeCount);
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

    private double LossSum()
    {
        _booster.ValidationPredictions(_predictions);
        double sum = 0;
        for (int i = 0; i < _validationRows.Length; i++)
        {
            int row = _validationRows[i];
            sum += _data.Weight(row) * BoostingLoss.Of(_data.Target, _predictions[i], _data.Label(row));
        }

        return sum;
    }
}
