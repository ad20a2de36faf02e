using System.Diagnostics;
using System.Globalization;
using JournalWriter;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

/// <summary>A process of its own appends and compacts, and is killed: every row that it said was appended is there, in order, none twice.</summary>
/// <remarks>Eight kills; 200 with MLSYSTEMDESIGN_CASES=25.</remarks>
public sealed class FactJournalKillTests : IDisposable
{
    private const int KillsPerFolder = 20;

    private readonly string _root = Directory.CreateTempSubdirectory("mlsd-journal-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Append_InAProcessThatIsKilled_LosesNoAcknowledgedRow()
    {
        long kills = Cases.Few * 2 / 5, acknowledged = 0;
        Random random = new(4);
        int[] numbers = new int[WriterRows.Writers];
        for (int kill = 0; kill < kills; kill++)
        {
            string folder = Path.Combine(_root, (kill / KillsPerFolder).ToString(CultureInfo.InvariantCulture));
            if (kill % KillsPerFolder == 0)
            {
                Array.Clear(numbers);
            }

            acknowledged += await RunAndKillAsync(folder, numbers, random.Next(2000));
            using FactJournal journal = WriterRows.Open(folder);
            int[] found = WriterRows.LastNumbers(journal);
            for (int writer = 0; writer < WriterRows.Writers; writer++)
            {
                found[writer].Should().BeGreaterThanOrEqualTo(numbers[writer], $"kill {kill}: all that writer {writer} had said was appended must be there");
            }

            found.CopyTo(numbers, 0);
        }

        acknowledged.Should().BeGreaterThan(kills * 100);
    }

    private static async Task<int> RunAndKillAsync(string folder, int[] numbers, int lines)
    {
        using Process process = ChildProcess.Start(typeof(WriterRows).Assembly.Location, [folder]);
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
        read.Should().BeGreaterThan(lines);
        return read;
    }
}
