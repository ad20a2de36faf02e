using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Tests.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

/// <summary>Runs this assembly as a process of its own that tries to load LightGBM: which library is loaded is settled once per process.</summary>
internal static class NativeProbeProcess
{
    private const string Switch = "MLSYSTEMDESIGN_TEST_NATIVE_PROBE";

    /// <summary>All that the process printed: the probe's answer, what training did, and a managed score.</summary>
    public static string[] Run(string libraryPath) =>
        ChildProcess.Run(typeof(NativeProbeProcess).Assembly.Location, [], (Switch, "1"), (LightGbmNative.PathVariable, libraryPath)).Lines;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A test assembly has no Main of its own to put this in.")]
    internal static void ProbeAndExit()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            return;
        }

        bool loaded = LightGbmNative.TryLoad(out string reason);
        Console.WriteLine($"{loaded} {reason}");
        Console.WriteLine(Train());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"margin {TreeSamples.OneLeaf(1.5).Margin([0])}"));
        Environment.Exit(0);
    }

    private static string Train()
    {
        try
        {
            double[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 2.0)];
            BoostingData data = new(new double[50], 1, labels, null, []);
            using LightGbmLibrary library = new(new BoostingOptions(), data);
            FoldRows rows = FoldRows.Of(data, [.. Enumerable.Range(0, 50).Select(i => i < 40 ? 0 : 1)]);
            using FoldFit fold = new(library, data, rows, 1, new LossMeasure(data, rows), new RoundSearch(3, 3), keepsPredictions: false);

            // LightGBM would warn here that nothing can be split: on a thread that it has not been silenced on.
            Thread other = new(() => fold.AdvanceTo(3, CancellationToken.None));
            other.Start();
            other.Join();
            return "trained";
        }
        catch (LightGbmException e)
        {
            return $"{nameof(LightGbmException)} {e.Message}";
        }
    }
}
