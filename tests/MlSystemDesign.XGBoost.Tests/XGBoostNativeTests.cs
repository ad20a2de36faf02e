using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostNativeTests
{
    [Fact]
    public void Availability_WithoutTheLibrary_SaysWhy_TrainingThrowsIt_AndImportsStillWork()
    {
        string[] lines = NativeProbeProcess.Run("nowhere/libxgboost.so");

        const string reason = "The XGBoost library must exist where it was said to be. Got 'nowhere/libxgboost.so' from the environment variable MLSYSTEMDESIGN_XGBOOST, " +
            "which is no file. Correct or remove it.";
        lines.Should().Equal($"False {reason}", $"TrainingException {reason}", "10 trees imported");
    }

    [XGBoostFact]
    public void Availability_WithAPathInTheEnvironment_LoadsThatFile()
    {
        string file = File.ReadLines("/proc/self/maps").First(line => line.Contains("libxgboost", StringComparison.Ordinal)).Split(' ')[^1];

        NativeProbeProcess.Run(file).Should().Equal("True ", "trained", "10 trees imported");
    }

    [Fact]
    public void Availability_OfAPathInTheOptionsThatIsNoFile_NamesTheOption()
    {
        XGBoostNative.Load("nowhere/lib.so", "the option LibraryPath").Reason.Should().Be(
            "The XGBoost library must exist where it was said to be. Got 'nowhere/lib.so' from the option LibraryPath, which is no file. Correct or remove it.");
    }

    [XGBoostFact]
    public void Availability_OfASecondPathInAProcess_NamesBoth()
    {
        TrainerAvailability availability = new XGBoostTrainer(new XGBoostOptions { LibraryPath = "nowhere/lib.so" }).Availability;

        availability.IsAvailable.Should().BeFalse();
        availability.Reason.Should().Be(
            "One XGBoost library must serve a process. Got 'nowhere/lib.so' where the system's is loaded. Use the same LibraryPath for all trainers.");
    }

    [Fact]
    public void Load_OfAFileThatIsNoLibrary_NamesThePackage()
    {
        string file = Path.GetTempFileName();
        try
        {
            XGBoostNative.Load(file, "x").Reason.Should().Be(
                $"The native XGBoost library must be loadable. Got '{file}', which is not. Install it (`apt-get install libxgboost0` on Debian and Ubuntu, " +
                "`brew install xgboost` on macOS), or point MLSYSTEMDESIGN_XGBOOST or the option LibraryPath to the library file.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Load_OfAnotherLibrary_SaysThatItIsNot()
    {
        string other = Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so");
        if (File.Exists(other))
        {
            XGBoostNative.Load(other, "x").Reason.Should().StartWith($"The XGBoost library must tell its version. Got {other}, which is no XGBoost library.");
        }
    }

    [XGBoostFact]
    public void Version_OfTheLoadedLibrary_IsInTheAcceptedRange() =>
        XGBoostNative.Version.Should().BeGreaterThanOrEqualTo(new Version(1, 7)).And.BeLessThan(new Version(4, 0));

    [XGBoostFact]
    public void Check_OfAFailedCall_GivesXGBoostsOwnWords()
    {
        Action act = () => XGBoostBooster.Load("no model"u8, []);

        act.Should().Throw<XGBoostException>().WithMessage("The XGBoost call XGBoosterLoadModelFromBuffer must succeed. Got: *. Check the options and the data named there.");
    }
}
