namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>Turns the loader's message into a reason and a remedy.</summary>
internal static class LoadFailure
{
    public static string Explain(string? path, string loaderMessage)
    {
        string name = path ?? LightGbmNative.LibraryName;
        if (loaderMessage.Contains("libgomp", StringComparison.Ordinal))
        {
            return $"LightGBM needs the GNU OpenMP runtime. Got '{name}', but libgomp.so.1 is missing. " +
                "Install it: `apt-get install libgomp1` on Debian and Ubuntu, `dnf install libgomp` on Fedora and RHEL.";
        }

        if (loaderMessage.Contains("libomp", StringComparison.Ordinal))
        {
            return $"LightGBM needs the OpenMP runtime. Got '{name}', but libomp is missing. Install it: `brew install libomp`.";
        }

        if (loaderMessage.Contains("GLIBC", StringComparison.Ordinal))
        {
            return $"LightGBM needs glibc 2.27 or later. Got '{name}' on an older system: {FirstLine(loaderMessage)} " +
                "Use a newer image (Debian 10, Ubuntu 20.04 or later).";
        }

        return $"The native LightGBM library must be loadable. Got '{name}': {FirstLine(loaderMessage)} " +
            "Publish for a runtime that the LightGBM package has (linux-x64, win-x64, osx-x64), install its OpenMP runtime " +
            $"(`apt-get install libgomp1` on Debian and Ubuntu), or point {LightGbmNative.PathVariable} to the library file.";
    }

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
