namespace MlSystemDesign.Training.Boosting;

/// <summary>A native boosting library, with parameters for one training, as <see cref="CrossValidatedBoosting"/> uses it.</summary>
internal interface IBoostingLibrary
{
    /// <summary>Gets its name and the version that was tested, for messages: "LightGBM" and "4.7".</summary>
    (string Name, string TestedVersion) Identity { get; }

    /// <summary>Gets values that scorers get wrong, for the check of both scorers.</summary>
    IReadOnlyList<double> Oddities { get; }

    /// <summary>Gets the caller's loss; null when the library's own is used.</summary>
    IBoostingLoss? Loss => null;

    /// <summary>Starts a model on some rows; called on the thread that will make all its calls.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="trainRows">The numbers of the rows to train on.</param>
    /// <param name="validationRows">The numbers of the rows to validate on; empty for a model that is not validated.</param>
    /// <param name="start">The margin to start from where the caller brings the gradients; null for the library's own loss and start.</param>
    IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null);
}
