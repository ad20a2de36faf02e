using System.Reflection;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>Finds and loads the native LightGBM library, and says in words why it cannot be loaded.</summary>
/// <remarks>
/// The library comes with the LightGBM package (x64 only). To use another build, set the environment variable
/// <see cref="PathVariable"/>, or the runtime setting <see cref="PathSetting"/>, to the path of the library file.
/// The answer is found once per process.
/// </remarks>
internal static class LightGbmNative
{
    public const string LibraryName = "lib_lightgbm";
    public const string PathVariable = "MLSYSTEMDESIGN_LIGHTGBM_PATH";
    public const string PathSetting = "MlSystemDesign.LightGbm.Path";

    private static readonly Lazy<LoadResult> Loaded = new(() => Load(ConfiguredPath()));

    private static readonly string[] RequiredExports =
    [
        "LGBM_BoosterAddValidData", "LGBM_BoosterCreate", "LGBM_BoosterFree", "LGBM_BoosterGetNumPredict", "LGBM_BoosterGetPredict",
        "LGBM_BoosterPredictForMat", "LGBM_BoosterSaveModelToString", "LGBM_BoosterUpdateOneIter", "LGBM_BoosterUpdateOneIterCustom",
        "LGBM_DatasetCreateFromMat", "LGBM_DatasetFree", "LGBM_DatasetGetNumData", "LGBM_DatasetGetSubset", "LGBM_DatasetSetField", "LGBM_GetLastError",
        "LGBM_GetMaxThreads", "LGBM_GetSampleCount", "LGBM_SetMaxThreads",
    ];

    /// <summary>Whether LightGBM can be used in this process.</summary>
    /// <param name="reason">Empty, or why not and what to do.</param>
    public static bool TryLoad(out string reason)
    {
        reason = Loaded.Value.Reason;
        return Loaded.Value.Handle != 0;
    }

    /// <exception cref="LightGbmException">The library cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded()
    {
        if (!TryLoad(out string reason))
        {
            throw new LightGbmException(reason);
        }
    }

    /// <summary>Loads the library from <paramref name="path"/>, or by the runtime's own search when it is null.</summary>
    internal static LoadResult Load(string? path)
    {
        if (path is null && UnsupportedPlatform() is { } unsupported)
        {
            return new LoadResult(0, unsupported);
        }

        if (path is not null && !File.Exists(path))
        {
            return new LoadResult(0, $"The LightGBM library must exist where it was said to be. Got '{path}', which is no file. " +
                $"Correct or remove the environment variable {PathVariable} (or the runtime setting {PathSetting}).");
        }

        nint handle;
        try
        {
            handle = path is null
                ? NativeLibrary.Load(LibraryName, typeof(LightGbmNative).Assembly, null)
                : NativeLibrary.Load(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return new LoadResult(0, LoadFailure.Explain(path, e.Message));
        }

        foreach (string export in RequiredExports)
        {
            if (!NativeLibrary.TryGetExport(handle, export, out _))
            {
                return new LoadResult(0, $"The LightGBM library must be of version 4.2 or later. Got '{path ?? LibraryName}', which lacks " +
                    $"{export}. Use the library of the LightGBM package, or a later build.");
            }
        }

        return new LoadResult(handle, "");
    }

    /// <summary>The resolver that every P/Invoke of this assembly goes through; registered before the first call.</summary>
    internal static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != LibraryName)
        {
            return 0;
        }

        EnsureLoaded();
        return Loaded.Value.Handle;
    }

    private static string? ConfiguredPath()
    {
        string? path = AppContext.GetData(PathSetting) as string ?? Environment.GetEnvironmentVariable(PathVariable);
        return string.IsNullOrWhiteSpace(path) ? null : path;
    }

    private static string? UnsupportedPlatform()
    {
        string own = $"Point {PathVariable} to a LightGBM library built for this machine, or train elsewhere: models score here without it.";
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "The LightGBM package has native libraries for x64 processes only. " +
                $"Got {RuntimeInformation.ProcessArchitecture}. {own}";
        }

        return RuntimeInformation.RuntimeIdentifier.StartsWith("linux-musl", StringComparison.Ordinal) || File.Exists("/etc/alpine-release")
            ? $"The LightGBM package has native libraries for glibc only. Got {RuntimeInformation.RuntimeIdentifier} (musl, as on Alpine). " +
              $"Use a Debian or Ubuntu image. {own}"
            : null;
    }

    internal readonly record struct LoadResult(nint Handle, string Reason);
}
