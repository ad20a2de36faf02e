using System.Runtime.InteropServices;

namespace MlSystemDesign.XGBoost.Native;

/// <summary>The part of XGBoost's C API that is used (include/xgboost/c_api.h, the same in 1.7 to 3.4). Every call returns 0 or -1.</summary>
/// <remarks>Results of a booster lie in memory of its own, per thread, until its next call on that thread: they are copied at once.</remarks>
internal static partial class NativeMethods
{
    private const string Library = XGBoostNative.LibraryName;

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, XGBoostNative.Resolve);

    /// <exception cref="XGBoostException">The call failed; with XGBoost's own words, which are kept per thread.</exception>
    public static void Check(int result, string call)
    {
        if (result != 0)
        {
            string words = Marshal.PtrToStringUTF8(GetLastError()) ?? "no message";
            int trace = words.IndexOf("Stack trace", StringComparison.Ordinal);
            words = (trace < 0 ? words : words[..trace]).Trim();
            throw new XGBoostException($"The XGBoost call {call} must succeed. Got: {words}. Check the options and the data named there.");
        }
    }

    [LibraryImport(Library, EntryPoint = "XGBGetLastError")]
    public static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "XGDMatrixCreateFromDense", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MatrixCreateFromDense(string values, string config, out MatrixHandle matrix);

    [LibraryImport(Library, EntryPoint = "XGDMatrixSetInfoFromInterface", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MatrixSetInfo(MatrixHandle matrix, string field, string values);

    [LibraryImport(Library, EntryPoint = "XGDMatrixSetStrFeatureInfo", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MatrixSetFeatureInfo(MatrixHandle matrix, string field, string[] features, ulong count);

    [LibraryImport(Library, EntryPoint = "XGDMatrixFree")]
    public static partial int MatrixFree(nint matrix);

    [LibraryImport(Library, EntryPoint = "XGBoosterCreate")]
    public static partial int BoosterCreate(ReadOnlySpan<nint> matrices, ulong count, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "XGBoosterFree")]
    public static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "XGBoosterSetParam", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Library, EntryPoint = "XGBoosterUpdateOneIter")]
    public static partial int BoosterUpdateOneIter(BoosterHandle booster, int iteration, MatrixHandle train);

    [LibraryImport(Library, EntryPoint = "XGBoosterBoostOneIter")]
    public static partial int BoosterBoostOneIter(BoosterHandle booster, MatrixHandle train, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians, ulong count);

    [LibraryImport(Library, EntryPoint = "XGBoosterPredictFromDMatrix", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int BoosterPredict(
        BoosterHandle booster, MatrixHandle matrix, string config, out ulong* shape, out ulong dimensions, out float* result);

    [LibraryImport(Library, EntryPoint = "XGBoosterSaveModelToBuffer", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int BoosterSaveModel(BoosterHandle booster, string config, out ulong length, out byte* model);

    [LibraryImport(Library, EntryPoint = "XGBoosterLoadModelFromBuffer")]
    public static partial int BoosterLoadModel(BoosterHandle booster, ReadOnlySpan<byte> model, ulong length);
}
