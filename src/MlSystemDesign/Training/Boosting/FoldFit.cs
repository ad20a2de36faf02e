using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>One fold in training: a booster on the rows of the other folds, measured on its own as it grows.</summary>
internal sealed class FoldFit : IDisposable
{
    private readonly BoostingData _data;
    private readonly int[] _validationRows;
    private readonly int _fold;
    private readonly RoundMeasure _measure;
    private readonly LossMeasure _loss;
    private readonly RoundSearch _search;
    private readonly double[] _predictions;
    private readonly List<double> _totals = [], _losses = [];
    private readonly List<int> _treesAfter = [];
    private readonly IBooster _booster;
    private bool _finished;
    private (double Total, double Loss)? _final;

    public FoldFit(IBoostingLibrary library, BoostingData data, FoldRows rows, int fold, RoundMeasure measure, RoundSearch search)
    {
        _data = data;
        _validationRows = rows.Validation[fold];
        _fold = fold;
        _measure = measure;
        _loss = measure as LossMeasure ?? new LossMeasure(data, rows, library.Loss);
        _search = search;
        _predictions = new double[_validationRows.Length];
        _booster = library.Start(data, rows.Train[fold], _validationRows);
    }

    /// <summary>The measure of the held-out rows times their weight, after each round so far; NaN where not measured or undefined.</summary>
    public IReadOnlyList<double> Totals => _totals;

    /// <summary>The loss of the held-out rows times their weight, after each round so far; NaN where not measured.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Why the measure was undefined when it last was.</summary>
    public string? Undefined { get; private set; }

    /// <summary>Grows trees until there are as many rounds as asked for.</summary>
    public void AdvanceTo(int rounds, CancellationToken cancellationToken)
    {
        while (_totals.Count < rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _finished = _finished || _booster.Update();
            _treesAfter.Add(_booster.TreeCount);
            (double total, double loss) = _search.Measures(_totals.Count + 1) ? Measured() : (double.NaN, double.NaN);
            _totals.Add(total);
            _losses.Add(loss);
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

    private (double Total, double Loss) Measured()
    {
        // No split is left: the model, and so its measure, stays as it is.
        if (_final is { } final)
        {
            return final;
        }

        _booster.ValidationPredictions(_predictions);
        double total = _measure.Total(_fold, _predictions, out string? undefined);
        double loss = ReferenceEquals(_measure, _loss) ? total : _loss.Total(_fold, _predictions, out _);
        Undefined = undefined ?? (double.IsNaN(total) ? "it is not a number" : Undefined);
        _final = _finished ? (total, loss) : null;
        return (total, loss);
    }
}
