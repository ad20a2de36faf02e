using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>Binned training data in native memory: a feature matrix with labels and, where given, weights.</summary>
internal sealed class LightGbmDataset : IDisposable
{
    private LightGbmDataset(DatasetHandle handle, int rows)
    {
        Handle = handle;
        Rows = rows;
    }

    public DatasetHandle Handle { get; }

    public int Rows { get; }

    /// <summary>Bins a row-major matrix; the values are copied, so that the caller may drop them.</summary>
    /// <remarks>
    /// NaN is missing. Categorical columns hold codes; negative codes are missing. Bin boundaries are found in these rows, or taken from
    /// the reference where there is one.
    /// </remarks>
    public static LightGbmDataset FromRows(
        ReadOnlySpan<double> values, int rows, int columns, string parameters, LightGbmDataset? reference = null) =>
        Create(values, rows, columns, isRowMajor: 1, parameters, reference);

    /// <summary>As <see cref="FromRows"/>, of a column-major matrix.</summary>
    public static LightGbmDataset FromColumns(
        ReadOnlySpan<double> values, int rows, int columns, string parameters, LightGbmDataset? reference = null) =>
        Create(values, rows, columns, isRowMajor: 0, parameters, reference);

    /// <summary>Chosen rows (numbers, ascending) with the bin boundaries, labels and weights of this dataset.</summary>
    public LightGbmDataset Subset(ReadOnlySpan<int> rows, string parameters)
    {
        NativeMethods.Check(
            NativeMethods.DatasetGetSubset(Handle, rows, rows.Length, parameters, out DatasetHandle subset), "LGBM_DatasetGetSubset");
        return new LightGbmDataset(subset, rows.Length);
    }

    public void SetLabels(ReadOnlySpan<float> labels) => SetField("label", labels);

    public void SetWeights(ReadOnlySpan<float> weights) => SetField("weight", weights);

    public void Dispose() => Handle.Dispose();

    private static LightGbmDataset Create(
        ReadOnlySpan<double> values, int rows, int columns, int isRowMajor, string parameters, LightGbmDataset? reference)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"The matrix must hold rows × columns values. Got {values.Length} for {rows} × {columns}. Pass the whole matrix.", nameof(values));
        }

        NativeMethods.Check(
            NativeMethods.DatasetCreateFromMat(
                values, NativeMethods.Float64, rows, columns, isRowMajor, parameters, reference?.Handle ?? DatasetHandle.None,
                out DatasetHandle handle),
            "LGBM_DatasetCreateFromMat");
        return new LightGbmDataset(handle, rows);
    }

    private void SetField(string field, ReadOnlySpan<float> values)
    {
        // LightGBM takes the length on trust and reads one value per row.
        if (values.Length != Rows)
        {
            throw new ArgumentException($"The {field}s must be one per row. Got {values.Length} for {Rows} rows.", nameof(values));
        }

        NativeMethods.Check(
            NativeMethods.DatasetSetField(Handle, field, values, values.Length, NativeMethods.Float32), $"LGBM_DatasetSetField({field})");
    }
}
