using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>One fold in training: a booster on the rows of the other folds, validated on its own after every round.</summary>
internal sealed class FoldFit : IDisposable
{
    private const double LeastProbability = 1e-15;

    private readonly BoostingData _data;
    private readonly int[] _validationRows;
    private readonly double[] _probabilities;
    private readonly List<double> _lossSums = [];
    private readonly LightGbmDataset _train;
    private readonly LightGbmDataset _validation;
    private readonly LightGbmBooster _booster;
    private bool _finished;

    public FoldFit(BoostingData data, int[] trainRows, int[] validationRows, LightGbmDataset? shared, string parameters)
    {
        _data = data;
        _validationRows = validationRows;
        _probabilities = new double[validationRows.Length];
        _train = shared is null ? DatasetOf(data, trainRows, parameters, null) : SubsetOf(shared, data, trainRows, parameters);
        _validation = shared is null
            ? DatasetOf(data, validationRows, parameters, _train)
            : SubsetOf(shared, data, validationRows, parameters);
        _booster = new LightGbmBooster(_train, parameters);
        _booster.AddValidation(_validation);
    }

    /// <summary>The sum of weight × log loss over the validation rows, after each round so far.</summary>
    public IReadOnlyList<double> LossSums => _lossSums;

    /// <summary>Bins the rows of a dataset: with its own boundaries, or those of the reference.</summary>
    public static LightGbmDataset DatasetOf(BoostingData data, int[] rows, string parameters, LightGbmDataset? reference)
    {
        LightGbmDataset dataset = LightGbmDataset.FromRows(data.Gather(rows), rows.Length, data.Columns, parameters, reference);
        return WithLabels(dataset, data, rows);
    }

    /// <summary>Grows trees until there are as many as asked for, validating after each.</summary>
    public void AdvanceTo(int rounds, CancellationToken cancellationToken)
    {
        LightGbmBooster.QuietThisThread(nativeThreads: 1);
        while (_lossSums.Count < rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_finished)
            {
                // No split is left: the model, and so its loss, stays as it is.
                _lossSums.Add(_lossSums[^1]);
                continue;
            }

            _finished = _booster.Update();
            _lossSums.Add(LossSum());
        }
    }

    /// <summary>Writes the raw margins of the validation rows after the given round to their places.</summary>
    public void WriteMargins(int rounds, double[] margins)
    {
        TreeEnsemble ensemble = LightGbmModelText.Read(_booster.ModelText(rounds));
        foreach (int row in _validationRows)
        {
            margins[row] = ensemble.Margin(_data.Row(row));
        }
    }

    public void Dispose()
    {
        _booster.Dispose();
        _validation.Dispose();
        _train.Dispose();
    }

    private static LightGbmDataset SubsetOf(LightGbmDataset shared, BoostingData data, int[] rows, string parameters) =>
        WithLabels(shared.Subset(rows, parameters), data, rows);

    private static LightGbmDataset WithLabels(LightGbmDataset dataset, BoostingData data, int[] rows)
    {
        dataset.SetLabels(data.GatherLabels(rows));
        if (data.GatherWeights(rows) is { } weights)
        {
            dataset.SetWeights(weights);
        }

        return dataset;
    }

    private double LossSum()
    {
        _booster.Predictions(1, _probabilities);
        double sum = 0;
        for (int i = 0; i < _validationRows.Length; i++)
        {
            int row = _validationRows[i];
            double likelihood = _data.Label(row) > 0 ? _probabilities[i] : 1 - _probabilities[i];
            sum -= _data.Weight(row) * Math.Log(Math.Max(likelihood, LeastProbability));
        }

        return sum;
    }
}
