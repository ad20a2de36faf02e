namespace MlSystemDesign.Training.Boosting;

/// <summary>What boosting minimises, and stops by.</summary>
internal static class BoostingLoss
{
    private const double LeastProbability = 1e-15;

    /// <summary>The log loss of a probability; the squared error of a value.</summary>
    public static double Of(TargetKind target, double prediction, double label)
    {
        if (target == TargetKind.Value)
        {
            return (prediction - label) * (prediction - label);
        }

        double likelihood = label > 0 ? prediction : 1 - prediction;
        return -Math.Log(Math.Max(likelihood, LeastProbability));
    }
}
