using System.Reflection;
using System.Runtime.InteropServices;

namespace MlSystemDesign.XGBoost.Native;

/// <summary>Finds and loads the native XGBoost library, and says in words why it cannot be loaded.</summary>
/// <remarks>
/// Looked for where the options say, then where the environment variable <see cref="PathVariable"/> says, then by name beside the program and
/// on the system. One library serves a process: the first that loads. A failure is not remembered, so that the library can be installed
/// while the process runs.
/// </remarks>
internal static class XGBoostNative
{
    public const string LibraryName = "xgboost";
    public const string PathVariable = "MLSYSTEMDESIGN_XGBOOST";
    public const string Remedy = "Install it (`apt-get install libxgboost0` on Debian and Ubuntu, `brew install xgboost` on macOS), or point " + PathVariable +
        " or the option LibraryPath to the library file.";

    private static readonly Version First = new(1, 7), Beyond = new(4, 0);
    private static readonly Lock Gate = new();
    private static readonly string[] Names =
        OperatingSystem.IsWindows() ? ["xgboost", "libxgboost"]
        : OperatingSystem.IsMacOS() ? ["libxgboost.dylib"]
        : ["libxgboost.so", "libxgboost.so.0"];

    private static readonly string[] RequiredExports =
    [
        "XGBGetLastError", "XGBoosterCreate", "XGBoosterFree", "XGBoosterLoadModelFromBuffer", "XGBoosterPredictFromDMatrix", "XGBoosterSaveModelToBuffer",
        "XGBoosterSetParam", "XGBoosterUpdateOneIter", "XGDMatrixCreateFromDense", "XGDMatrixFree", "XGDMatrixSetInfoFromInterface", "XGDMatrixSetStrFeatureInfo",
    ];

    // Deprecated since 2.1, so that a later version may lack it.
    private const string GradientExport = "XGBoosterBoostOneIter";

    private static LoadedLibrary? loaded;

    private delegate void VersionFunction(out int major, out int minor, out int patch);

    /// <summary>Gets the version of the loaded library.</summary>
    /// <exception cref="XGBoostException">None is loaded.</exception>
    public static Version Version => (loaded ?? throw new XGBoostException($"The XGBoost library must be loaded first. Got none. {Remedy}")).Version;

    /// <summary>Whether XGBoost can be used in this process.</summary>
    /// <param name="optionPath">The library file that the options name, if they do.</param>
    /// <param name="reason">Empty, or why not and what to do.</param>
    public static bool TryLoad(string? optionPath, out string reason)
    {
        lock (Gate)
        {
            string? variable = Environment.GetEnvironmentVariable(PathVariable);
            string? path = optionPath ?? (string.IsNullOrWhiteSpace(variable) ? null : variable);
            if (loaded is null)
            {
                (loaded, reason) = Load(path, optionPath is null ? $"the environment variable {PathVariable}" : "the option LibraryPath");
                return loaded is not null;
            }

            bool same = optionPath is null || Path.GetFullPath(optionPath) == loaded.Value.Path;
            reason = same ? "" : $"One XGBoost library must serve a process. Got '{optionPath}' where {loaded.Value.Path ?? "the system's"} is loaded. Use the same LibraryPath for all trainers.";
            return same;
        }
    }

    /// <summary>Whether the loaded library can be given gradients, which only a loss of one's own needs.</summary>
    /// <param name="reason">Empty, or why not and what to do.</param>
    /// <exception cref="XGBoostException">None is loaded.</exception>
    public static bool TakesGradients(out string reason)
    {
        bool takes = NativeLibrary.TryGetExport(loaded?.Handle ?? 0, GradientExport, out _);
        reason = takes ? "" : $"The XGBoost library must have {GradientExport} for a loss of one's own. Got {Version}, which lacks it. Install another version; 1.7.4 is tested.";
        return takes;
    }

    /// <exception cref="XGBoostException">The library cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded(string? optionPath)
    {
        if (!TryLoad(optionPath, out string reason))
        {
            throw new XGBoostException(reason);
        }
    }

    /// <summary>Loads the library from <paramref name="path"/>, or by its names when that is null.</summary>
    /// <param name="path">The library file.</param>
    /// <param name="origin">Who named the path, for the message.</param>
    internal static (LoadedLibrary? Library, string Reason) Load(string? path, string origin)
    {
        if (path is not null && !File.Exists(path))
        {
            return (null, $"The XGBoost library must exist where it was said to be. Got '{path}' from {origin}, which is no file. Correct or remove it.");
        }

        string hint = "";
        foreach (string name in path is null ? Names : [Path.GetFullPath(path)])
        {
            try
            {
                return Checked(NativeLibrary.Load(name, typeof(XGBoostNative).Assembly, null), path is null ? null : name);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                hint = hint.Length > 0 ? hint : Hint(e.Message);
            }
        }

        return (null, path is null
            ? $"The native XGBoost library must be installed. Got none by the names {string.Join(", ", Names)}.{hint} {Remedy}"
            : $"The native XGBoost library must be loadable. Got '{path}', which is not.{hint} {Remedy}");
    }

    /// <summary>The resolver that every P/Invoke of this assembly goes through; registered before the first call.</summary>
    internal static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != LibraryName)
        {
            return 0;
        }

        EnsureLoaded(null);
        return loaded!.Value.Handle;
    }

    private static (LoadedLibrary? Library, string Reason) Checked(nint handle, string? path)
    {
        string name = path ?? "the system's library";
        if (!NativeLibrary.TryGetExport(handle, "XGBoostVersion", out nint export))
        {
            return (null, $"The XGBoost library must tell its version. Got {name}, which is no XGBoost library. {Remedy}");
        }

        Marshal.GetDelegateForFunctionPointer<VersionFunction>(export)(out int major, out int minor, out int patch);
        Version version = new(major, minor, patch);
        if (version < First || version >= Beyond)
        {
            return (null, $"The XGBoost library must be of version 1.7 to 3.x. Got {version} ({name}). Install such a version; 1.7.4 is tested.");
        }

        string? lacking = Array.Find(RequiredExports, required => !NativeLibrary.TryGetExport(handle, required, out _));
        return lacking is null
            ? (new LoadedLibrary(handle, path, version), "")
            : (null, $"The XGBoost library must have the C interface of version 1.7. Got {version} ({name}), which lacks {lacking}. Install another version; 1.7.4 is tested.");
    }

    private static string Hint(string loaderMessage) =>
        loaderMessage.Contains("libgomp", StringComparison.Ordinal) ? " It needs the GNU OpenMP runtime: `apt-get install libgomp1`."
        : loaderMessage.Contains("GLIBC", StringComparison.Ordinal) ? " It needs a newer glibc: use a newer image, or an older XGBoost."
        : "";

    /// <param name="Handle">The loader's handle.</param>
    /// <param name="Path">The full path that was asked for; null when found by name.</param>
    /// <param name="Version">What the library says.</param>
    internal readonly record struct LoadedLibrary(nint Handle, string? Path, Version Version);
}
