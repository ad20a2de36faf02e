using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MlSystemDesign.Tests;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.Import;
using MlSystemDesign.Training.Import;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost.Tests;

/// <summary>Runs this assembly as a process of its own that tries to load XGBoost: which library is loaded is settled once per process.</summary>
internal static class NativeProbeProcess
{
    private const string Switch = "MLSYSTEMDESIGN_TEST_XGBOOST_PROBE";

    /// <summary>All that the process printed: whether the trainer is available, what training did, and what an import scored.</summary>
    public static string[] Run(string libraryPath) =>
        ChildProcess.Run(typeof(NativeProbeProcess).Assembly.Location, [], (Switch, "1"), (XGBoostNative.PathVariable, libraryPath)).Lines;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A test assembly has no Main of its own to put this in.")]
    internal static void ProbeAndExit()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            return;
        }

        XGBoostTrainer trainer = new();
        Console.WriteLine($"{trainer.Availability.IsAvailable} {trainer.Availability.Reason}");
        Console.WriteLine(Train(trainer));
        Console.WriteLine($"{TreeModelImport.FromXGBoostJson(new MemoryStream(ImportSamples.Json("numeric"))).TreeCount} trees imported");
        Environment.Exit(0);
    }

    private static string Train(XGBoostTrainer trainer)
    {
        try
        {
            trainer.TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context()).AsTask().GetAwaiter().GetResult();
            return "trained";
        }
        catch (TrainingException e)
        {
            return $"{nameof(TrainingException)} {e.Message}";
        }
    }
}
