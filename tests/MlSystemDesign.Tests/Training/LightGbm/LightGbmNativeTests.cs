using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmNativeTests
{
    [BoosterFact]
    public void TryLoad_WithThePackagesLibrary_Succeeds()
    {
        LightGbmNative.TryLoad(out string reason).Should().BeTrue(reason);
        reason.Should().BeEmpty();
    }

    [Fact]
    public void Load_OfAFileThatIsNoLibrary_SaysWhyAndWhatToDo()
    {
        string path = typeof(LightGbmNativeTests).Assembly.Location;

        LightGbmNative.LoadResult result = LightGbmNative.Load(path);

        result.Handle.Should().Be(0);
        result.Reason.Should().StartWith($"The native LightGBM library must be loadable. Got '{path}': ").And.Contain("apt-get install libgomp1");
    }

    [Fact]
    public void Explain_OfAMissingOpenMpRuntime_NamesThePackage()
    {
        const string linuxLoader = "Unable to load shared library 'lib_lightgbm' or one of its dependencies.\n" +
            "libgomp.so.1: cannot open shared object file: No such file or directory\n";

        LoadFailure.Explain(null, linuxLoader).Should().Be(
            "LightGBM needs the GNU OpenMP runtime. Got 'lib_lightgbm', but libgomp.so.1 is missing. " +
            "Install it: `apt-get install libgomp1` on Debian and Ubuntu, `dnf install libgomp` on Fedora and RHEL.");
    }

    [Fact]
    public void TryLoad_InAProcessWhoseLibraryPathIsWrong_SaysSoAndEveryCallFails()
    {
        string[] lines = NativeProbeProcess.Run("/no/such/lib_lightgbm.so");

        const string reason = "The LightGBM library must exist where it was said to be. Got '/no/such/lib_lightgbm.so', which is no file. " +
            "Correct or remove the environment variable MLSYSTEMDESIGN_LIGHTGBM_PATH (or the runtime setting MlSystemDesign.LightGbm.Path).";
        lines.Should().Equal($"False {reason}", $"LightGbmException {reason}", "margin 1.5");
    }

    [Fact]
    public void TryLoad_InAProcessWithTheLibrarysOwnPath_Succeeds()
    {
        string folder = Path.GetDirectoryName(typeof(LightGbmNativeTests).Assembly.Location)!;
        string[] found = Directory.GetFiles(folder, OperatingSystem.IsWindows() ? "lib_lightgbm.dll" : "lib_lightgbm.so", SearchOption.AllDirectories);

        string[] lines = NativeProbeProcess.Run(found[0]);

        lines.Should().Equal("True ", "trained", "margin 1.5");
    }

    [BoosterFact]
    public void ThreadCap_OfTrainingsAtOnce_IsTheLargest()
    {
        NativeThreadCap first = NativeThreadCap.Enter(5);
        using NativeThreadCap second = NativeThreadCap.Enter(3);
        MaxThreads().Should().Be(5);

        first.Dispose();
        first.Dispose();

        MaxThreads().Should().Be(3);
    }

    private static int MaxThreads()
    {
        NativeMethods.Check(NativeMethods.GetMaxThreads(out int threads), "LGBM_GetMaxThreads");
        return threads;
    }
}
