using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>LightGBM with the parameters of one training.</summary>
internal sealed class LightGbmLibrary : IBoostingLibrary, IDisposable
{
    private readonly string _parameters;
    private readonly bool _draws;
    private readonly LightGbmDataset? _shared;

    public LightGbmLibrary(BoostingOptions options, BoostingData data)
    {
        _parameters = LightGbmParameters.ForTraining(options with { Target = data.Target }, data.CategoricalColumns, nativeThreads: 1);
        _draws = options.FeatureFraction < 1 || options.BaggingFraction < 1;
        if (options.Binning == FoldBinning.Shared)
        {
            _shared = DatasetOf(data, [.. Enumerable.Range(0, data.Rows)], null);
        }
    }

    public (string Name, string TestedVersion) Identity => ("LightGBM", "4.7");

    // Missing, both zeros, extremes, negative and unseen categories; also values that LightGBM takes as zero.
    public IReadOnlyList<double> Oddities { get; } = [double.NaN, 0.0, -0.0, 1e300, -1e300, -1, 1e9, 1e-36];

    public IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null)
    {
        using LightGbmDataset train = Bin(data, trainRows, null);
        LightGbmBooster booster = new(train, _parameters, _draws, start);
        if (validationRows.Length > 0)
        {
            using LightGbmDataset validation = Bin(data, validationRows, train);
            booster.AddValidation(validation);
        }

        return booster;
    }

    public void Dispose() => _shared?.Dispose();

    private LightGbmDataset Bin(BoostingData data, int[] rows, LightGbmDataset? reference) =>
        _shared is null ? DatasetOf(data, rows, reference) : WithLabels(_shared.Subset(rows, _parameters), data, rows);

    // With its own boundaries, or those of the reference.
    private LightGbmDataset DatasetOf(BoostingData data, int[] rows, LightGbmDataset? reference) =>
        WithLabels(LightGbmDataset.FromRows(data.Gather(rows), rows.Length, data.Columns, _parameters, reference), data, rows);

    private static LightGbmDataset WithLabels(LightGbmDataset dataset, BoostingData data, int[] rows)
    {
        dataset.SetLabels(data.GatherLabels(rows));
        if (data.GatherWeights(rows) is { } weights)
        {
            dataset.SetWeights(weights);
        }

        return dataset;
    }
}
