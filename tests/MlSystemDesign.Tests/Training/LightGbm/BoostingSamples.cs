using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

/// <summary>Seeded data with everything that scorers get wrong, and a bare native training of it.</summary>
internal static class BoostingSamples
{
    public const int Columns = 8;

    public static readonly int[] Categorical = [4, 6];

    /// <summary>
    /// Columns: 0 normal, 1 normal with 20 % NaN, 2 many zeros of both signs, 3 huge, 4 category of 40 levels with negative codes,
    /// 5 constant, 6 category of 5 levels with NaN, 7 normal without any effect.
    /// </summary>
    public static (double[] Values, double[] Labels) Mixed(int rows, int seed)
    {
        Random random = new(seed);
        double[] values = new double[rows * Columns];
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = values.AsSpan(i * Columns, Columns);
            row[0] = Normal(random);
            row[1] = random.NextDouble() < 0.2 ? double.NaN : Normal(random);
            row[2] = random.Next(4) switch { 0 => 0.0, 1 => -0.0, _ => Normal(random) };
            row[3] = random.Next(5) switch { 0 => 1e300, 1 => -1e300, _ => 1.7e9 + random.Next(10_000_000) };
            int category = random.Next(40);
            row[4] = random.Next(20) == 0 ? -1 - random.Next(3) : category;
            row[5] = 3;
            row[6] = random.Next(6) is var level and < 5 ? level : double.NaN;
            row[7] = Normal(random);
            double logit = row[0] + (double.IsNaN(row[1]) ? 1.5 : -0.5 * row[1]) + (row[2] == 0 ? 0.7 : 0)
                + (row[3] > 1.705e9 ? 0.8 : -0.2) + (category % 3 == 0 ? 0.9 : -0.5) + (row[6] == 2 ? 1 : 0) - 1;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        return (values, labels);
    }

    public static BoostingData MixedData(int rows, int seed, Func<int, double>? weight = null)
    {
        (double[] values, double[] labels) = Mixed(rows, seed);
        double[]? weights = weight is null ? null : [.. Enumerable.Range(0, rows).Select(weight)];
        return new BoostingData(values, Columns, labels, weights, Categorical);
    }

    public static int[] Folds(int rows, int folds) => [.. Enumerable.Range(0, rows).Select(i => i * 7 % folds)];

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static float[] Floats(double[] values) => [.. values.Select(v => (float)v)];

    public static LightGbmDataset Dataset(double[] values, double[] labels, string parameters, LightGbmDataset? reference = null)
    {
        LightGbmDataset dataset = LightGbmDataset.FromRows(values, labels.Length, values.Length / labels.Length, parameters, reference);
        dataset.SetLabels(Floats(labels));
        return dataset;
    }

    /// <summary>Trains without folds; the caller disposes the booster.</summary>
    public static LightGbmBooster Train(
        double[] values, double[] labels, int[] categorical, int rounds, BoostingOptions? options = null, int nativeThreads = 1,
        Func<string, string>? edit = null)
    {
        string parameters = LightGbmParameters.ForTraining(options ?? new BoostingOptions { LearningRate = 0.2 }, categorical, nativeThreads);
        parameters = edit is null ? parameters : edit(parameters);
        using LightGbmDataset dataset = Dataset(values, labels, parameters);
        LightGbmBooster booster = new(dataset, parameters);
        for (int i = 0; i < rounds; i++)
        {
            booster.Update();
        }

        return booster;
    }

    public static TreeEnsemble Ensemble(this LightGbmBooster booster) => LightGbmModelText.Read(booster.ModelText(-1));

    /// <summary>A real model with numeric, missing and categorical splits.</summary>
    public static TreeEnsemble MixedEnsemble(int rounds = 20)
    {
        (double[] values, double[] labels) = Mixed(2000, 5);
        using LightGbmBooster booster = Train(values, labels, Categorical, rounds);
        return booster.Ensemble();
    }

    public static double LogLoss(double margin, double label) =>
        label > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin));
}
