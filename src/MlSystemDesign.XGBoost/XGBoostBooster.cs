using System.Globalization;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost;

/// <summary>One native model, in training or loaded. Not thread-safe.</summary>
internal sealed class XGBoostBooster : IBooster
{
    private const int Margin = 1, Contribution = 2;

    private readonly BoosterHandle _handle;
    private readonly XGBoostMatrix? _train, _validation;
    private readonly int[] _categoricalColumns;
    private readonly bool _probability;
    private readonly int? _ownLossSeed;
    private int _rounds;

    /// <summary>Starts training; the booster disposes the matrices.</summary>
    /// <param name="train">The rows to train on.</param>
    /// <param name="validation">The rows to validate on, if any.</param>
    /// <param name="parameters">XGBoost's parameters.</param>
    /// <param name="data">All rows.</param>
    /// <param name="ownLossSeed">The seed of the draws where the caller brings the gradients; null for XGBoost's own loss.</param>
    public XGBoostBooster(XGBoostMatrix train, XGBoostMatrix? validation, IEnumerable<(string Name, string Value)> parameters, BoostingData data, int? ownLossSeed = null)
    {
        _ownLossSeed = ownLossSeed;
        _train = train;
        _validation = validation;
        _categoricalColumns = data.CategoricalColumns.ToArray();
        _probability = data.Target == TargetKind.Probability && ownLossSeed is null;

        // Known from the start, both have their predictions kept up to date round by round.
        nint[] matrices = validation is null ? [train.Handle.DangerousGetHandle()] : [train.Handle.DangerousGetHandle(), validation.Handle.DangerousGetHandle()];
        NativeMethods.Check(NativeMethods.BoosterCreate(matrices, (ulong)matrices.Length, out _handle), "XGBoosterCreate");
        foreach ((string name, string value) in parameters)
        {
            NativeMethods.Check(NativeMethods.BoosterSetParam(_handle, name, value), $"XGBoosterSetParam({name})");
        }
    }

    private XGBoostBooster(BoosterHandle handle, int[] categoricalColumns)
    {
        _handle = handle;
        _categoricalColumns = categoricalColumns;
    }

    /// <summary>Loads a saved model, to compare scores and explanations with.</summary>
    public static XGBoostBooster Load(ReadOnlySpan<byte> model, int[] categoricalColumns)
    {
        NativeMethods.Check(NativeMethods.BoosterCreate([], 0, out BoosterHandle handle), "XGBoosterCreate");
        NativeMethods.Check(NativeMethods.BoosterSetParam(handle, "nthread", "1"), "XGBoosterSetParam(nthread)");
        NativeMethods.Check(NativeMethods.BoosterLoadModel(handle, model, (ulong)model.Length), "XGBoosterLoadModelFromBuffer");
        return new XGBoostBooster(handle, categoricalColumns);
    }

    public int TreeCount => _rounds;

    public bool Update()
    {
        NativeMethods.Check(NativeMethods.BoosterUpdateOneIter(_handle, _rounds++, _train!.Handle), "XGBoosterUpdateOneIter");

        // XGBoost always adds a tree; with row or column draws a later one may split where this one did not.
        return false;
    }

    public bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        // This call always seeds the draws as in round 0.
        uint seed = (uint)_ownLossSeed!.Value + (0x9E3779B9u * (uint)_rounds++);
        NativeMethods.Check(NativeMethods.BoosterSetParam(_handle, "seed", (seed & int.MaxValue).ToString(CultureInfo.InvariantCulture)), "XGBoosterSetParam(seed)");
        NativeMethods.Check(NativeMethods.BoosterBoostOneIter(_handle, _train!.Handle, gradients, hessians, (ulong)gradients.Length), "XGBoosterBoostOneIter");
        return false;
    }

    public void TrainingMargins(Span<double> margins)
    {
        float[] all = Predict(_train!, Margin);
        for (int i = 0; i < all.Length; i++)
        {
            margins[i] = all[i];
        }
    }

    public void ValidationPredictions(Span<double> predictions)
    {
        float[] margins = Predict(_validation!, Margin);
        for (int i = 0; i < margins.Length; i++)
        {
            predictions[i] = _probability ? 1 / (1 + Math.Exp(-margins[i])) : margins[i];
        }
    }

    public TreeEnsemble Trees(int rounds)
    {
        TreeEnsemble all = XGBoostModelJson.Read(ModelJson()).Ensemble;
        return all.Trees.Count <= rounds ? all : new TreeEnsemble(all.FeatureCount, all.Sigmoid, [.. all.Trees.Take(rounds)], all.Cover, all.Precision);
    }

    /// <summary>XGBoost's JSON of the whole model.</summary>
    public unsafe byte[] ModelJson()
    {
        NativeMethods.Check(NativeMethods.BoosterSaveModel(_handle, """{"format":"json"}""", out ulong length, out byte* model), "XGBoosterSaveModelToBuffer");
        return new ReadOnlySpan<byte>(model, checked((int)length)).ToArray();
    }

    public double[] Margins(ReadOnlySpan<double> values, int rows, int columns)
    {
        using XGBoostMatrix matrix = XGBoostMatrix.FromRows(values, rows, columns, _categoricalColumns);
        return Array.ConvertAll(Predict(matrix, Margin), margin => (double)margin);
    }

    /// <summary>Exact path-dependent SHAP values by hessian cover: per row one for each column, then the bias. They sum to the margin.</summary>
    public double[] Contributions(ReadOnlySpan<double> values, int rows, int columns)
    {
        using XGBoostMatrix matrix = XGBoostMatrix.FromRows(values, rows, columns, _categoricalColumns);
        return Array.ConvertAll(Predict(matrix, Contribution), value => (double)value);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _validation?.Dispose();
        _train?.Dispose();
    }

    private unsafe float[] Predict(XGBoostMatrix matrix, int type)
    {
        string config = string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":{{type}},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true}""");
        NativeMethods.Check(NativeMethods.BoosterPredict(_handle, matrix.Handle, config, out ulong* shape, out ulong dimensions, out float* result), "XGBoosterPredictFromDMatrix");
        ulong length = 1;
        for (ulong d = 0; d < dimensions; d++)
        {
            length *= shape[d];
        }

        return new ReadOnlySpan<float>(result, checked((int)length)).ToArray();
    }
}
