using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.XGBoost;

/// <summary>XGBoost with the settings of one training.</summary>
internal sealed class XGBoostLibrary(XGBoostOptions options, int seed) : IBoostingLibrary
{
    public (string Name, string TestedVersion) Identity => ("XGBoost", "1.7.4");

    // Missing, both zeros, the extremes of 32 bits, negative and unseen categories, a value that 32 bits can hardly hold.
    public IReadOnlyList<double> Oddities { get; } = [double.NaN, 0.0, -0.0, 3e38, -3e38, -1, 1e9, 1e-44];

    public IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null)
    {
        XGBoostMatrix train = XGBoostMatrix.Of(data, trainRows);
        XGBoostMatrix? validation = validationRows.Length == 0 ? null : XGBoostMatrix.Of(data, validationRows);
        return new XGBoostBooster(train, validation, XGBoostParameters.ForTraining(options, start is null ? data.Target : TargetKind.Value, start ?? Mean(data, trainRows), seed), data, start is null ? null : seed);
    }

    private static double Mean(BoostingData data, int[] rows)
    {
        double sum = 0, weights = 0;
        foreach (int row in rows)
        {
            sum += data.Weight(row) * data.Label(row);
            weights += data.Weight(row);
        }

        return sum / weights;
    }
}
