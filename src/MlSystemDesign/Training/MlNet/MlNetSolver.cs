using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Fits by ML.NET's L-BFGS: one thread and a fresh context, because its results move with both.</summary>
internal sealed class MlNetSolver(MlNetOptions options) : ILinearSolver
{
    private const string FeaturesColumn = "transformed features";

    public LinearFit[] Fit(TrainingSet rows, double[] weights, IReadOnlyList<double> penalties, CancellationToken cancellationToken) =>
        [.. penalties.Select(penalty => Fit(rows, weights, penalty, cancellationToken))];

    // ML.NET's own need another native library, and ignore that rows of one entity go together.
    public double[] StandardErrors(TrainingSet rows, double[] weights, LinearFit fit, double penalty) => [];

    private LinearFit Fit(TrainingSet rows, double[] weights, double penalty, CancellationToken cancellationToken)
    {
        // Also proves that no value is missing: ML.NET would drop such rows in silence.
        DesignMatrix matrix = DesignMatrix.Of(rows.Features);
        if (matrix.Columns == 0)
        {
            return BaseRate(rows, weights);
        }

        MLContext context = new(seed: 1);
        LinearBinaryModelParameters model = MlNetCancellation.Run(context, () => Train(context, rows, weights, penalty, cancellationToken), cancellationToken);
        return new LinearFit(model.Bias, [.. model.Weights.Select(weight => (double)weight)], 0, true);
    }

    private LinearBinaryModelParameters Train(MLContext context, TrainingSet rows, double[] weights, double penalty, CancellationToken cancellationToken)
    {
        TrainingSet weighted = rows.Weights.IsEmpty ? rows : new(rows.Features, rows.Targets, rows.TargetKind, weights);
        string[] columns = [.. rows.Features.Schema.Select(c => c.Name)];
        IDataView data = MlNetDataExtensions.View(weighted, cancellationToken);
        IDataView vectors = context.Transforms.Concatenate(FeaturesColumn, columns).Fit(data).Transform(data);
        return context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = MlNetDataExtensions.LabelColumn,
            FeatureColumnName = FeaturesColumn,
            ExampleWeightColumnName = weighted.Weights.IsEmpty ? null : MlNetDataExtensions.WeightColumn,
            L1Regularization = (float)options.L1,
            L2Regularization = (float)penalty,
            OptimizationTolerance = (float)options.Tolerance,
            NumberOfThreads = 1,
        }).Fit(vectors).Model.SubModel;
    }

    private static LinearFit BaseRate(TrainingSet rows, double[] weights)
    {
        double positive = 0, total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            positive += weights[i] * rows.Targets[i];
            total += weights[i];
        }

        return new LinearFit(Math.Log(positive / (total - positive)), [], 0, true);
    }
}
