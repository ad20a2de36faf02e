using System.Text;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>One native model in training. Not thread-safe.</summary>
internal sealed class LightGbmBooster : IBooster
{
    private readonly BoosterHandle _handle;
    private readonly bool _draws;
    private readonly double? _start;
    private int _validationSets;

    /// <param name="train">The rows.</param>
    /// <param name="parameters">LightGBM's parameters.</param>
    /// <param name="draws">Whether rows or columns are drawn for each tree, so that a later one may split where one could not.</param>
    /// <param name="start">The margin to start from where the caller brings the gradients: LightGBM knows nothing of it.</param>
    public LightGbmBooster(LightGbmDataset train, string parameters, bool draws = false, double? start = null)
    {
        _draws = draws;
        _start = start;
        NativeMethods.Check(NativeMethods.BoosterCreate(train.Handle, parameters, out _handle), "LGBM_BoosterCreate");
        _handle.Keep(train.Handle);
    }

    /// <summary>Adds a validation set, binned as the training data; it is scored along with every round.</summary>
    /// <returns>Its number, for <see cref="Predictions"/>.</returns>
    public int AddValidation(LightGbmDataset validation)
    {
        NativeMethods.Check(NativeMethods.BoosterAddValidData(_handle, validation.Handle), "LGBM_BoosterAddValidData");
        _handle.Keep(validation.Handle);
        return ++_validationSets;
    }

    /// <inheritdoc/>
    public int TreeCount { get; private set; }

    /// <summary>Grows one tree, if it finds a split. Without any the first round leaves one leaf, which holds the start.</summary>
    /// <returns>Whether no round can change the model any more.</returns>
    public bool Update()
    {
        QuietThisThread();
        NativeMethods.Check(NativeMethods.BoosterUpdateOneIter(_handle, out int finished), "LGBM_BoosterUpdateOneIter");
        return Grew(finished == 0);
    }

    public bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        QuietThisThread();
        NativeMethods.Check(NativeMethods.BoosterUpdateOneIterCustom(_handle, gradients, hessians, out int finished), "LGBM_BoosterUpdateOneIterCustom");
        return Grew(finished == 0);
    }

    public void TrainingMargins(Span<double> margins) => Predictions(0, margins);

    /// <summary>The current probabilities (values, or margins) of a dataset that the booster knows: 0 is the training data, then the validation sets.</summary>
    public void Predictions(int dataset, Span<double> probabilities)
    {
        NativeMethods.Check(NativeMethods.BoosterGetNumPredict(_handle, dataset, out long count), "LGBM_BoosterGetNumPredict");
        if (count != probabilities.Length)
        {
            throw new ArgumentException(
                $"The buffer must hold one probability per row. Got {probabilities.Length} for {count} rows.", nameof(probabilities));
        }

        NativeMethods.Check(NativeMethods.BoosterGetPredict(_handle, dataset, out _, probabilities), "LGBM_BoosterGetPredict");
        Start(probabilities);
    }

    public void ValidationPredictions(Span<double> predictions) => Predictions(1, predictions);

    public TreeEnsemble Trees(int rounds) => WithStart(LightGbmModelText.Read(ModelText(rounds), ownLoss: _start is not null));

    /// <summary>LightGBM's model text of the first <paramref name="rounds"/> trees, or of all of them where there are fewer.</summary>
    public string ModelText(int rounds)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            NativeMethods.Check(
                NativeMethods.BoosterSaveModelToString(_handle, 0, rounds, 0, buffer.Length, out long length, buffer),
                "LGBM_BoosterSaveModelToString");
            if (length <= buffer.Length)
            {
                return Encoding.UTF8.GetString(buffer, 0, (int)length - 1);
            }

            buffer = new byte[length];
        }
    }

    /// <summary>The native predictor's raw margins of row-major rows: what our own scorer must equal.</summary>
    public double[] Margins(ReadOnlySpan<double> values, int rows, int columns)
    {
        double[] margins = Predict(NativeMethods.RawScore, values, rows, columns, 1);
        Start(margins);
        return margins;
    }

    /// <summary>The native SHAP values of row-major rows, each followed by the base value: what our own explanations must equal.</summary>
    public double[] Contributions(ReadOnlySpan<double> values, int rows, int columns) =>
        Predict(NativeMethods.Contributions, values, rows, columns, columns + 1);

    public void Dispose() => _handle.Dispose();

    private bool Grew(bool split)
    {
        TreeCount += split || TreeCount == 0 ? 1 : 0;
        return !split && !_draws;
    }

    // The start is added last, here and in the managed trees.
    private void Start(Span<double> margins)
    {
        for (int i = 0; _start is { } start && i < margins.Length; i++)
        {
            margins[i] += start;
        }
    }

    private TreeEnsemble WithStart(TreeEnsemble trees) => _start is { } start
        ? new TreeEnsemble(trees.FeatureCount, trees.Sigmoid, [.. trees.Trees, Tree.OneLeaf(start)], trees.Cover, trees.Precision)
        : trees;

    // The log level is kept per thread, and only calls that take parameters set it.
    private static void QuietThisThread() =>
        NativeMethods.Check(NativeMethods.GetSampleCount(1, LightGbmParameters.ForThread(nativeThreads: 1), out _), "LGBM_GetSampleCount");

    private double[] Predict(int what, ReadOnlySpan<double> values, int rows, int columns, int valuesPerRow)
    {
        double[] predictions = new double[rows * valuesPerRow];
        NativeMethods.Check(
            NativeMethods.BoosterPredictForMat(
                _handle, values, NativeMethods.Float64, rows, columns, 1, what, 0, -1,
                LightGbmParameters.ForPrediction(nativeThreads: 1), out _, predictions),
            "LGBM_BoosterPredictForMat");
        return predictions;
    }
}
