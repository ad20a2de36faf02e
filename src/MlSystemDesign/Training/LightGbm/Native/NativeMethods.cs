using System.Runtime.InteropServices;

namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>The part of LightGBM's C API that training uses (include/LightGBM/c_api.h, version 4.7). Every call returns 0 or -1.</summary>
internal static partial class NativeMethods
{
    public const int Float32 = 0;
    public const int Float64 = 1;
    public const int RawScore = 1;
    public const int Contributions = 3;

    private const string Library = LightGbmNative.LibraryName;

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, LightGbmNative.Resolve);

    /// <exception cref="LightGbmException">The call failed; with LightGBM's own words, which are kept per thread.</exception>
    public static void Check(int result, string call)
    {
        if (result != 0)
        {
            string words = Marshal.PtrToStringUTF8(GetLastError()) ?? "no message";
            throw new LightGbmException($"The LightGBM call {call} must succeed. Got: {words}. Check the options and the data named there.");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    public static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_SetMaxThreads")]
    public static partial int SetMaxThreads(int threads);

    [LibraryImport(Library, EntryPoint = "LGBM_GetMaxThreads")]
    public static partial int GetMaxThreads(out int threads);

    [LibraryImport(Library, EntryPoint = "LGBM_GetSampleCount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetSampleCount(int rows, string parameters, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetCreateFromMat(
        ReadOnlySpan<double> data, int dataType, int rows, int columns, int isRowMajor, string parameters, DatasetHandle reference,
        out DatasetHandle dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetGetSubset", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetGetSubset(
        DatasetHandle dataset, ReadOnlySpan<int> rows, int count, string parameters, out DatasetHandle subset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetSetField(DatasetHandle dataset, string field, ReadOnlySpan<float> values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetGetNumData")]
    public static partial int DatasetGetNumData(DatasetHandle dataset, out int rows);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterCreate(DatasetHandle train, string parameters, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    public static partial int BoosterAddValidData(BoosterHandle booster, DatasetHandle validation);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int BoosterUpdateOneIter(BoosterHandle booster, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIterCustom")]
    public static partial int BoosterUpdateOneIterCustom(BoosterHandle booster, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumPredict")]
    public static partial int BoosterGetNumPredict(BoosterHandle booster, int dataset, out long count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    public static partial int BoosterGetPredict(BoosterHandle booster, int dataset, out long count, Span<double> predictions);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int BoosterSaveModelToString(
        BoosterHandle booster, int startIteration, int iterations, int importanceType, long bufferLength, out long length,
        Span<byte> text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterPredictForMat(
        BoosterHandle booster, ReadOnlySpan<double> data, int dataType, int rows, int columns, int isRowMajor, int predictType,
        int startIteration, int iterations, string parameters, out long length, Span<double> predictions);
}
