using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Tests.Lifecycle;

public sealed class AtomicFileTests : IDisposable
{
    private const int Writers = 8;
    private static readonly TimeSpan NotForEver = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlsd-atomic-").FullName;

    private string Target => Path.Combine(_folder, "report.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ByEightThreadsAtOnce_LeavesOneCompleteContentAndNothingElse()
    {
        using Barrier allAreInside = new(Writers);
        List<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(i => new Thread(() =>
        {
            try
            {
                AtomicFile.Write(Target, stream =>
                {
                    stream.Write(Content(i).AsSpan(0, 1000));
                    allAreInside.SignalAndWait(NotForEver).Should().BeTrue();
                    stream.Write(Content(i).AsSpan(1000));
                });
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }

                // Nobody has to wait for a writer that failed.
                allAreInside.RemoveParticipant();
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        failures.Should().BeEmpty();
        ShouldBeOneOfTheContents();
    }

    [Fact]
    public async Task WriteAsync_ByEightWritersAtOnce_LeavesOneCompleteContentAndNothingElse()
    {
        TaskCompletionSource allAreInside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => AtomicFile.WriteAsync(Target, async (stream, token) =>
        {
            await stream.WriteAsync(Content(i).AsMemory(0, 1000), token);
            if (Interlocked.Increment(ref inside) == Writers)
            {
                allAreInside.SetResult();
            }

            await allAreInside.Task.WaitAsync(NotForEver, token);
            await stream.WriteAsync(Content(i).AsMemory(1000), token);
        }).AsTask()));

        ShouldBeOneOfTheContents();
    }

    [Fact]
    public async Task WriteAsync_ThatFailsOrIsCancelledHalfway_KeepsTheOldFile()
    {
        await File.WriteAllTextAsync(Target, "old");
        using CancellationTokenSource source = new();

        Func<Task> fail = async () => await AtomicFile.WriteAsync(Target, async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new IOException("disk full");
        });
        Func<Task> cancel = async () => await AtomicFile.WriteAsync(
            Target,
            async (stream, _) =>
            {
                await stream.WriteAsync("new"u8.ToArray(), CancellationToken.None);
                await source.CancelAsync();
            },
            source.Token);

        await fail.Should().ThrowAsync<IOException>().WithMessage("disk full");
        await cancel.Should().ThrowAsync<OperationCanceledException>();
        (await File.ReadAllTextAsync(Target)).Should().Be("old");
        Directory.GetFiles(_folder).Should().Equal(Target);
    }

    [Fact]
    public void Write_WhereAnotherProcessLeftTemporaryFiles_TouchesNoneOfThem()
    {
        // The next names of this process, as after a crash of one with the same id.
        AtomicFile.Write(Target, stream => File.WriteAllText(Path.Combine(_folder, "name"), ((FileStream)stream).Name));
        string name = File.ReadAllText(Path.Combine(_folder, "name"));
        int digits = name.LastIndexOf('-') + 1;
        long number = long.Parse(name[digits..], System.Globalization.CultureInfo.InvariantCulture);
        string[] left = [.. Enumerable.Range(1, 50).Select(i => name[..digits] + (number + i))];
        Array.ForEach(left, f => File.WriteAllText(f, "of another"));

        AtomicFile.Write(Target, stream => stream.Write("new"u8));

        File.ReadAllText(Target).Should().Be("new");
        left.Should().OnlyContain(f => File.ReadAllText(f) == "of another");
    }

    private static byte[] Content(int writer) => [.. Enumerable.Repeat((byte)('a' + writer), 100_000 + writer)];

    private void ShouldBeOneOfTheContents()
    {
        byte[] content = File.ReadAllBytes(Target);
        content.Should().Equal(Content(content[0] - 'a'));
        Directory.GetFiles(_folder).Should().Equal(Target);
    }
}
