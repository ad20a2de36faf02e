using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

/// <summary>A process of its own appends and compacts, and is killed: every row that it said was appended is there, in order, none twice.</summary>
/// <remarks>Five kills; 200 with MLSYSTEMDESIGN_CASES=40.</remarks>
public sealed class FactJournalKillTests : IDisposable
{
    private const string Switch = "MLSYSTEMDESIGN_TEST_JOURNAL_WRITER";
    private const int Writers = 3;
    private const int KillsPerFolder = 20;
    private static readonly FactJournalOptions Options = new() { SegmentBytes = 1 << 17 };
    private static readonly string Long = new('x', 60_000);

    private readonly string _root = Directory.CreateTempSubdirectory("mlsd-journal-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Append_InAProcessThatIsKilled_LosesNoAcknowledgedRow()
    {
        long kills = Cases.Few / 4, acknowledged = 0;
        Random random = new(4);
        int[] numbers = new int[Writers];
        for (int kill = 0; kill < kills; kill++)
        {
            string folder = Path.Combine(_root, (kill / KillsPerFolder).ToString(CultureInfo.InvariantCulture));
            if (kill % KillsPerFolder == 0)
            {
                Array.Clear(numbers);
            }

            acknowledged += await RunAndKillAsync(folder, numbers, random.Next(600));
            int[] found = NumbersIn(folder);
            for (int writer = 0; writer < Writers; writer++)
            {
                found[writer].Should().BeGreaterThanOrEqualTo(numbers[writer], $"kill {kill}: all that writer {writer} had said was appended must be there");
            }

            found.CopyTo(numbers, 0);
        }

        acknowledged.Should().BeGreaterThan(kills * 100);
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A test assembly has no Main of its own to put this in.")]
    internal static void AppendUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(Switch) is not { } folder)
        {
            return;
        }

        int[] numbers = NumbersIn(folder);
        using FactJournal journal = FactJournal.Open(folder, JournalRows.Schema, Options);
        using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
        for (int w = 0; w < Writers; w++)
        {
            int writer = w;
            new Thread(() =>
            {
                for (int number = numbers[writer] + 1; ; number++)
                {
                    Row(writer, number).AppendTo(journal);
                    lock (output)
                    {
                        output.Write($"{writer} {number}\n");
                    }
                }
            }).Start();
        }

        while (true)
        {
            Thread.Sleep(5);
            journal.Compact(retained => retained.Retain((int _, in FactRow _) => true));
        }
    }

    private static async Task<int> RunAndKillAsync(string folder, int[] numbers, int lines)
    {
        using Process process = ChildProcess.Start(typeof(FactJournalKillTests).Assembly.Location, [], (Switch, folder));
        Task<string> errors = process.StandardError.ReadToEndAsync();
        int read = 0;
        for (; await process.StandardOutput.ReadLineAsync() is { } line; read++)
        {
            // The last line may be cut within its number, which is then that of a row before.
            if (line.Split(' ') is [var writer, { Length: > 0 } number])
            {
                int which = int.Parse(writer, CultureInfo.InvariantCulture);
                numbers[which] = Math.Max(numbers[which], int.Parse(number, CultureInfo.InvariantCulture));
            }

            if (read == lines)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        (await errors).Should().BeEmpty();
        read.Should().BeGreaterThanOrEqualTo(lines);
        return read;
    }

    /// <summary>Returns the last number of each writer, after a check that its rows are those from 1 on, each once, in order, bit for bit.</summary>
    private static int[] NumbersIn(string folder)
    {
        int[] numbers = new int[Writers];
        using FactJournal journal = FactJournal.Open(folder, JournalRows.Schema, Options);
        journal.Replay((int source, in FactRow row) =>
        {
            int writer = (int)row.Numbers[0];
            JournalRow.Of(source, row).Should().Be(Row(writer, ++numbers[writer]));
        });
        return numbers;
    }

    private static JournalRow Row(int writer, int number) => new(number % 2, new EntityKey((long)number))
    {
        Sequence = number, Numbers = [writer, number], Categories = [$"kind {number % 50}"], EventKey = number % 17 == 0 ? (EntityKey)Long[..(number * 31 % 60_000)] : default(EntityKey),
    };
}
