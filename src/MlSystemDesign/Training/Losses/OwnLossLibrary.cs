using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.Losses;

/// <summary>A boosting library that grows trees by a loss of the caller.</summary>
internal sealed class OwnLossLibrary(IBoostingLibrary library, IBoostingLoss loss) : IBoostingLibrary
{
    public (string Name, string TestedVersion) Identity => library.Identity;

    public IReadOnlyList<double> Oddities => library.Oddities;

    public IBoostingLoss Loss => loss;

    public IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null)
    {
        double margin = start ?? LossStart.Of(loss, data, trainRows);
        return new OwnLossBooster(library.Start(data, trainRows, validationRows, margin), loss, data, trainRows, LossScale.Of(loss, data, trainRows, margin));
    }
}
