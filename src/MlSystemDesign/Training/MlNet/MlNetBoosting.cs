using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Cross-validated boosting by ML.NET's trainer: all rounds in each fold, one common number of them, a refit on all rows, a check of both scorers.</summary>
internal sealed class MlNetBoosting(BoostingData data, SlotLayout layout, MlNetLightGbmOptions options, int seed)
{
    // ML.NET trains one LightGBM model at a time in a process, under a lock that cannot be cancelled; so we wait for our turn here.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private readonly ConvertedTrees _converted = new(layout, data);

    /// <exception cref="OperationCanceledException">Cancelled; looked for while rows are read, in every round, and while they are measured.</exception>
    internal BoostingResult Train(ReadOnlySpan<int> foldOfRow, Action<double> progress, CancellationToken cancellationToken)
    {
        FoldRows folds = FoldRows.Of(data, foldOfRow);
        TreeEnsemble[] fits = new TreeEnsemble[folds.Count];
        for (int f = 0; f < fits.Length; f++)
        {
            fits[f] = Fit(folds.Train[f], options.MaxRounds, cancellationToken).Ensemble;
            progress((f + 1) / (fits.Length + 1.0));
        }

        double[] curve = LossCurve(folds, fits, cancellationToken);
        int rounds = Array.IndexOf(curve, curve.Min()) + 1;
        double[] margins = new double[data.Rows];
        for (int f = 0; f < fits.Length; f++)
        {
            foreach (int row in folds.Validation[f])
            {
                margins[row] = fits[f].Margin(data.Row(row), Math.Min(rounds, fits[f].Trees.Count));
            }
        }

        (TreeEnsemble ensemble, Func<double[], float[]> native) = Fit([.. Enumerable.Range(0, data.Rows)], rounds, cancellationToken);
        return new BoostingResult
        {
            Ensemble = ensemble, OutOfFoldMargins = margins, Curve = curve, Rounds = rounds, Parity = MlNetParity.Check(ensemble, data, layout, native),
        };
    }

    // The model of fewer rounds is the first of its trees.
    private double[] LossCurve(FoldRows folds, TreeEnsemble[] fits, CancellationToken cancellationToken)
    {
        double[] sums = new double[options.MaxRounds];
        double weights = 0;
        for (int f = 0; f < fits.Length; f++)
        {
            foreach (int row in folds.Validation[f])
            {
                cancellationToken.ThrowIfCancellationRequested();
                double margin = 0, weight = data.Weight(row);
                weights += weight;
                for (int round = 0; round < sums.Length; round++)
                {
                    Tree? tree = round < fits[f].Trees.Count ? fits[f].Trees[round] : null;
                    margin += tree?.LeafValue[tree.LeafOf(data.Row(row))] ?? 0;
                    double prediction = data.Target == TargetKind.Value ? margin : Logistic.Probability(margin);
                    sums[round] += weight * BoostingLoss.Of(data.Target, prediction, data.Label(row));
                }
            }
        }

        return [.. sums.Select(sum => sum / weights)];
    }

    private (TreeEnsemble Ensemble, Func<double[], float[]> Native) Fit(int[] rows, int rounds, CancellationToken cancellationToken)
    {
        Turn.Wait(cancellationToken);
        try
        {
            // A fresh context, because every fit moves its generator, which draws the rows that the bins are made from.
            MLContext context = new(seed);
            IDataView view = layout.TrainingView(data, rows, cancellationToken);
            (RegressionTreeEnsemble trees, ITransformer model) = MlNetCancellation.Run(context, () => Grow(context, view, rounds, rows.Length), cancellationToken);
            return (_converted.Convert(trees, rows), probes => [.. model.Transform(layout.ScoringView(probes)).GetColumn<float>("Score")]);
        }
        finally
        {
            Turn.Release();
        }
    }

    private (RegressionTreeEnsemble Trees, ITransformer Model) Grow(MLContext context, IDataView view, int rounds, int rows)
    {
        try
        {
            return data.Target == TargetKind.Probability ? Binary(context, view, rounds) : Regression(context, view, rounds);
        }
        catch (ArgumentNullException e)
        {
            // ML.NET fails on its own tree without a split whose value is 0.
            throw new BoostingException(
                FormattableString.Invariant($"ML.NET must find a split where half of the rows are positive, or it fails. Got {rows} rows that cannot be split with {options.MinDataInLeaf} or more in each leaf. Train on more rows, lower {nameof(options.MinDataInLeaf)}, or use LightGbmTrainer."), e);
        }
    }

    private (RegressionTreeEnsemble Trees, ITransformer Model) Binary(MLContext context, IDataView view, int rounds)
    {
        LightGbmBinaryTrainer.Options settings = new() { Sigmoid = 1, UnbalancedSets = false, WeightOfPositiveExamples = 1, EvaluationMetric = LightGbmBinaryTrainer.Options.EvaluateMetricType.None };
        Set(settings, view, rounds);
        var model = context.BinaryClassification.Trainers.LightGbm(settings).Fit(view);
        return (model.Model.SubModel.TrainedTreeEnsemble, model);
    }

    private (RegressionTreeEnsemble Trees, ITransformer Model) Regression(MLContext context, IDataView view, int rounds)
    {
        LightGbmRegressionTrainer.Options settings = new() { EvaluationMetric = LightGbmRegressionTrainer.Options.EvaluateMetricType.None };
        Set(settings, view, rounds);
        var model = context.Regression.Trainers.LightGbm(settings).Fit(view);
        return (model.Model.TrainedTreeEnsemble, model);
    }

    private void Set<TOptions, TOutput, TTransformer, TModel>(LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase settings, IDataView view, int rounds)
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        settings.NumberOfIterations = rounds;
        settings.LearningRate = options.LearningRate;
        settings.NumberOfLeaves = options.Leaves;
        settings.MinimumExampleCountPerLeaf = options.MinDataInLeaf;
        settings.MaximumBinCountPerFeature = options.MaxBins;
        settings.UseCategoricalSplit = options.CategoricalSplits;
        settings.CategoricalSmoothing = CategorySmoothingRule.Of(options.CategorySmoothing, data.Rows);
        settings.L2CategoricalRegularization = settings.CategoricalSmoothing;
        settings.MaximumCategoricalSplitPointCount = 16;
        settings.MinimumExampleCountPerGroup = options.MinDataInLeaf;
        settings.HandleMissingValue = false;
        settings.UseZeroAsMissingValue = false;
        settings.EarlyStoppingRound = 0;
        settings.Verbose = false;
        settings.Silent = true;
        settings.NumberOfThreads = 1;
        settings.Deterministic = true;
        settings.ForceColumnWise = true;
        settings.Seed = seed;
        settings.FeatureColumnName = SlotLayout.FeaturesColumn;
        settings.ExampleWeightColumnName = view.Schema.GetColumnOrNull(MlNetDataExtensions.WeightColumn)?.Name;
        settings.Booster = new GradientBooster.Options
        {
            FeatureFraction = options.FeatureFraction, L1Regularization = 0, L2Regularization = options.L2, MaximumTreeDepth = 0, MinimumChildWeight = 1e-3, MinimumSplitGain = 0, SubsampleFrequency = 0,
        };
    }
}
