using System.Globalization;
using System.Runtime.InteropServices;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost;

/// <summary>A feature matrix in native memory, with labels and, where given, weights. Values become 32 bits wide.</summary>
internal sealed class XGBoostMatrix : IDisposable
{
    private XGBoostMatrix(MatrixHandle handle, int rows)
    {
        Handle = handle;
        Rows = rows;
    }

    public MatrixHandle Handle { get; }

    public int Rows { get; }

    /// <summary>Copies chosen rows with their labels and weights.</summary>
    public static XGBoostMatrix Of(BoostingData data, int[] rows)
    {
        XGBoostMatrix matrix = FromRows(data.Gather(rows), rows.Length, data.Columns, data.CategoricalColumns);
        matrix.SetField("label", data.GatherLabels(rows));
        if (data.GatherWeights(rows) is { } weights)
        {
            matrix.SetField("weight", weights);
        }

        return matrix;
    }

    /// <summary>Copies a row-major matrix: NaN is missing, categorical columns hold codes.</summary>
    public static unsafe XGBoostMatrix FromRows(ReadOnlySpan<double> values, int rows, int columns, ReadOnlySpan<int> categoricalColumns)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The matrix must hold rows × columns values. Got {values.Length} for {rows} × {columns}. Pass the whole matrix."), nameof(values));
        }

        MatrixHandle handle;
        fixed (double* first = values)
        {
            string array = string.Create(
                CultureInfo.InvariantCulture, $$"""{"data":[{{(nint)first}},true],"shape":[{{rows}},{{columns}}],"typestr":"<f8","version":3}""");
            NativeMethods.Check(NativeMethods.MatrixCreateFromDense(array, """{"missing":NaN,"nthread":1}""", out handle), "XGDMatrixCreateFromDense");
        }

        string[] types = new string[columns];
        Array.Fill(types, "q");
        foreach (int column in categoricalColumns)
        {
            types[column] = "c";
        }

        NativeMethods.Check(NativeMethods.MatrixSetFeatureInfo(handle, "feature_type", types, (ulong)columns), "XGDMatrixSetStrFeatureInfo");
        return new XGBoostMatrix(handle, rows);
    }

    public void Dispose() => Handle.Dispose();

    private unsafe void SetField(string field, ReadOnlySpan<float> values)
    {
        fixed (float* first = values)
        {
            string array = string.Create(
                CultureInfo.InvariantCulture, $$"""{"data":[{{(nint)first}},true],"shape":[{{values.Length}}],"typestr":"<f4","version":3}""");
            NativeMethods.Check(NativeMethods.MatrixSetInfo(Handle, field, array), $"XGDMatrixSetInfoFromInterface({field})");
        }
    }
}
