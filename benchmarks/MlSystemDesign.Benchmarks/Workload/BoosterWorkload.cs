using MlSystemDesign.Benchmarks.Explanation;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>A model of 100 trees on 50 features, trained by LightGBM on generated rows: 44 numbers, 12 of them with missing values, and 6 categories of 3 to 400 levels.</summary>
internal sealed class BoosterWorkload : IDisposable
{
    private const int Numbers = 44;
    private static readonly int[] Levels = [3, 8, 20, 50, 150, 400];

    private readonly double[] _values;
    private readonly double[] _labels;

    /// <param name="leaves">Leaves of a tree.</param>
    /// <param name="categorical">Whether the categories are split as sets, or their codes as numbers.</param>
    internal BoosterWorkload(int leaves, bool categorical)
    {
        Leaves = leaves;
        Categorical = categorical;
        (_values, _labels) = Generate(TrainingRows, 7);
        int[] columns = categorical ? [.. Enumerable.Range(Numbers, Levels.Length)] : [];
        string parameters = LightGbmParameters.ForTraining(new BoostingOptions { LearningRate = 0.1, Leaves = leaves }, columns, 1);
        using NativeThreadCap cap = NativeThreadCap.Enter(1);
        using LightGbmDataset dataset = LightGbmDataset.FromRows(_values, TrainingRows, Columns, parameters);
        dataset.SetLabels([.. _labels.Select(l => (float)l)]);
        Booster = new LightGbmBooster(dataset, parameters);
        for (int i = 0; i < Trees; i++)
        {
            Booster.Update();
        }

        Ensemble = LightGbmModelText.Read(Booster.ModelText(-1));
        FeatureSchema schema = new(Enumerable.Range(0, Columns).Select(c => new FeatureColumn { Name = $"f{c}", Kind = ColumnKind.Number }));
        Model = new TrainedModel("LightGBM", TargetKind.Probability, schema, new TreePredictor(Ensemble), new SigmoidCalibrator());
    }

    internal const int Columns = 50;
    internal const int Trees = 100;
    internal const int TrainingRows = 100_000;

    internal int Leaves { get; }

    internal bool Categorical { get; }

    internal LightGbmBooster Booster { get; }

    internal TreeEnsemble Ensemble { get; }

    internal TrainedModel Model { get; }

    internal ExplainSubject Subject => new(
        $"{Leaves} leaves, {(Categorical ? "6 categorical" : "numeric")}", "LightGBM", Categorical ? 8 : 10, 1e-9, Leaves == 31, Model, Ensemble, rows => Booster.Contributions(Rows(rows), rows, Columns), Table);

    /// <summary>A model of XGBoost on the same rows, the codes of the categories as numbers.</summary>
    /// <param name="booster">Holds the native model; to be disposed of when all is done.</param>
    internal ExplainSubject XGBoost(out XGBoostBooster booster)
    {
        XGBoostLibrary library = new(new XGBoostOptions { LearningRate = 0.1, MaxDepth = 5, ColumnFraction = 1 }, 7);
        XGBoostBooster grown = (XGBoostBooster)library.Start(new BoostingData(_values, Columns, _labels, null, []), [.. Enumerable.Range(0, TrainingRows)], []);
        for (int i = 0; i < Trees; i++)
        {
            grown.Update();
        }

        TreeEnsemble trees = grown.Trees(Trees);
        TrainedModel model = new("XGBoost", TargetKind.Probability, Model.Schema, new TreePredictor(trees), new SigmoidCalibrator());
        booster = grown;
        return new ExplainSubject("XGBoost, depth 5, numeric", "XGBoost", 8, 1e-4, true, model, trees, rows => grown.Contributions(Rows(rows), rows, Columns), Table);
    }

    internal ReadOnlySpan<double> Rows(int count) => _values.AsSpan(0, count * Columns);

    internal FeatureTable Table(int first, int count)
    {
        ReadOnlyMemory<double>[] columns = new ReadOnlyMemory<double>[Columns];
        for (int c = 0; c < Columns; c++)
        {
            double[] column = new double[count];
            for (int i = 0; i < count; i++)
            {
                column[i] = _values[((first + i) * Columns) + c];
            }

            columns[c] = column;
        }

        ObservationSet rows = ObservationSet.WithoutTime(Enumerable.Range(first, count).Select(i => new EntityKey(i)));
        return new FeatureTable(rows, Model.Schema, columns, new ReadOnlyMemory<int>[Columns]);
    }

    public void Dispose() => Booster.Dispose();

    /// <summary>Rows of the same kind that the model has not seen, row-major.</summary>
    internal static double[] Fresh(int rows, int seed) => Generate(rows, seed).Values;

    private static (double[] Values, double[] Labels) Generate(int rows, int seed)
    {
        Random random = new(seed);
        double[][] effects = [.. Levels.Select(n => Enumerable.Range(0, n).Select(_ => Normal(random) * 0.6).ToArray())];
        double[] slopes = [.. Enumerable.Range(0, Numbers).Select(f => f < 20 ? Normal(random) * 0.4 : 0)];
        double[] values = new double[rows * Columns], labels = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = values.AsSpan(i * Columns, Columns);
            double logit = -2.9;
            for (int f = 0; f < Numbers; f++)
            {
                row[f] = Normal(random);
                logit += slopes[f] * (f % 3 == 0 ? Math.Abs(row[f]) - 0.8 : row[f]);
                if (f >= 14 && f < 26 && random.NextDouble() < 0.15)
                {
                    row[f] = double.NaN;
                    logit += f < 17 ? 0.5 : 0;
                }
            }

            logit += row[0] * row[1] * 0.4;
            for (int c = 0; c < Levels.Length; c++)
            {
                int code = random.Next(Levels[c]);
                row[Numbers + c] = code;
                logit += effects[c][code];
            }

            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        return (values, labels);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
