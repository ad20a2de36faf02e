using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmDatasetTests
{
    private static readonly string Parameters = LightGbmParameters.ForTraining(new BoostingOptions(), BoostingSamples.Categorical, 1);

    [BoosterFact]
    public void FromColumns_OfTheSameMatrix_TrainsTheSameModel()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(1000, 1);
        double[] columns = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            columns[(i % BoostingSamples.Columns * labels.Length) + (i / BoostingSamples.Columns)] = values[i];
        }

        using LightGbmDataset byRow = BoostingSamples.Dataset(values, labels, Parameters);
        using LightGbmDataset byColumn = LightGbmDataset.FromColumns(columns, labels.Length, BoostingSamples.Columns, Parameters);
        byColumn.SetLabels(BoostingSamples.Floats(labels));

        Grow(byColumn).Should().Equal(Grow(byRow));
    }

    [BoosterFact]
    public void Subset_OfAllRows_TrainsTheSameModel()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(1000, 1);
        using LightGbmDataset all = BoostingSamples.Dataset(values, labels, Parameters);
        using LightGbmDataset subset = all.Subset([.. Enumerable.Range(0, labels.Length)], Parameters);
        using LightGbmDataset half = all.Subset([.. Enumerable.Range(0, labels.Length / 2)], Parameters);

        Grow(subset).Should().Equal(Grow(all));
        Grow(half).Should().NotEqual(Grow(all));
    }

    [BoosterFact]
    public void Subset_OfUnsortedRows_GivesLightGbmsWords()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(100, 1);
        using LightGbmDataset all = BoostingSamples.Dataset(values, labels, Parameters);

        Action act = () => all.Subset([5, 2], Parameters);

        act.Should().Throw<LightGbmException>().WithMessage(
            "The LightGBM call LGBM_DatasetGetSubset must succeed. Got: used_row_indices should be sorted in Subset. Check the options and the data named there.");
    }

    [BoosterFact]
    public void SetLabels_OfAnotherLength_NamesBothLengths()
    {
        using LightGbmDataset dataset = LightGbmDataset.FromRows([1, 2, 3, 4], 4, 1, Parameters.Replace("categorical_feature=4,6", "", StringComparison.Ordinal));

        Action act = () => dataset.SetLabels([0, 1]);

        act.Should().Throw<ArgumentException>().WithMessage("The labels must be one per row. Got 2 for 4 rows.*");
    }

    [BoosterFact]
    public void Booster_AfterItsDatasetsWereDisposed_StillTrains()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(1000, 1);
        LightGbmDataset train = BoostingSamples.Dataset(values, labels, Parameters);
        LightGbmDataset validation = BoostingSamples.Dataset(values, labels, Parameters, train);
        using LightGbmBooster booster = new(train, Parameters);
        booster.AddValidation(validation).Should().Be(1);
        train.Dispose();
        validation.Dispose();

        booster.Update().Should().BeFalse();

        double[] probabilities = new double[labels.Length];
        booster.Predictions(1, probabilities);
        TreeEnsemble ensemble = booster.Ensemble();
        for (int i = 0; i < labels.Length; i++)
        {
            double expected = ensemble.Probability(values.AsSpan(i * BoostingSamples.Columns, BoostingSamples.Columns));
            probabilities[i].Should().BeApproximately(expected, 1e-15);
        }
    }

    [BoosterFact]
    public void Predictions_IntoAnotherLength_NamesBothLengths()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(100, 1);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, [], 1);

        Action act = () => booster.Predictions(0, new double[3]);

        act.Should().Throw<ArgumentException>().WithMessage("The buffer must hold one probability per row. Got 3 for 100 rows.*");
    }

    [BoosterFact]
    public void Training_WithOneOrTwoNativeThreads_GivesTheSameBits()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(4000, 1);
        BoostingOptions options = new() { BaggingFraction = 0.7, FeatureFraction = 0.7, Seed = 3 };
        using LightGbmBooster one = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 30, options, nativeThreads: 1);
        using LightGbmBooster two = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 30, options, nativeThreads: 2);

        TreeEnsembleFormat.Write(two.Ensemble()).Should().Equal(TreeEnsembleFormat.Write(one.Ensemble()));
    }

    private static byte[] Grow(LightGbmDataset dataset)
    {
        using LightGbmBooster booster = new(dataset, Parameters);
        for (int i = 0; i < 10; i++)
        {
            booster.Update();
        }

        return TreeEnsembleFormat.Write(booster.Ensemble());
    }
}
