using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Composition;

/// <summary>A process that only scores is managed code: it loads neither Microsoft.ML nor the native booster, and gives the bits of the process that trained.</summary>
public sealed class ScoringProcessTests
{
    private const string Switch = "MLSYSTEMDESIGN_TEST_SCORING_PROBE";

    public static TheoryData<bool> Trainers => Booster.Missing is null ? [true, false] : [false];

    [Theory]
    [MemberData(nameof(Trainers))]
    public async Task Score_InAProcessOfItsOwn_LoadsNoTrainerAndGivesTheSameBits(bool boosted)
    {
        string folder = Directory.CreateTempSubdirectory("mlsd-scoring-").FullName;
        try
        {
            string path = Path.Combine(folder, "shop.mlsystem");
            MlSystem system = new("shop", SmallShop.Parts with { Trainer = boosted ? new LightGbmTrainer() : new LogisticTrainer() });
            await system.TrainAsync(SmallShop.History());
            system.Save(path);

            ChildProcess scored = ChildProcess.Run(typeof(ScoringProcessTests).Assembly.Location, [], (Switch, path));

            scored.ExitCode.Should().Be(0, scored.Errors);
            scored.Lines.Should().Equal(await ScoreAsync(system.Current!), "loaded:");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A test assembly has no Main of its own to put this in.")]
    internal static void ScoreAndExit()
    {
        if (Environment.GetEnvironmentVariable(Switch) is not { } path)
        {
            return;
        }

        Console.WriteLine(ScoreAsync(TrainedSystem.Load(path)).GetAwaiter().GetResult());
        string[] assemblies = [.. AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name ?? string.Empty).Where(n => n.StartsWith("Microsoft.ML", StringComparison.Ordinal))];
        bool native = File.Exists("/proc/self/maps") && File.ReadLines("/proc/self/maps").Any(line => line.Contains("lightgbm", StringComparison.OrdinalIgnoreCase));
        Console.WriteLine(string.Join(' ', ["loaded:", .. assemblies, .. native ? (string[])["lib_lightgbm"] : []]));
        Environment.Exit(0);
    }

    private static async Task<string> ScoreAsync(TrainedSystem system)
    {
        IHistory history = SmallShop.History();
        (_, double[] scores) = await system.PredictAsync(history, system.Frame.Cohort(history, SmallShop.Now));
        return string.Join(' ', scores.Select(s => BitConverter.DoubleToInt64Bits(s).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
