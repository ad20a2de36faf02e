using System.Text;

namespace MlSystemDesign.Reporting.Tests;

public sealed class WriteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlsd-report");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_ToANewFolder_WritesTheRenderedPageOnly()
    {
        string path = Path.Combine(_folder.FullName, "out", "report.html");
        await DecisionReport.WriteAsync(path, SampleContent.Full);
        (await File.ReadAllBytesAsync(path)).Should().Equal(new UTF8Encoding(false).GetBytes(DecisionReport.Render(SampleContent.Full)));
        Files().Should().Equal("report.html");
    }

    [Fact]
    public async Task WriteAsync_OverAnExistingFile_ReplacesIt()
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        await File.WriteAllTextAsync(path, new string('x', 1_000_000));
        await DecisionReport.WriteAsync(path, SampleContent.Full);
        (await File.ReadAllTextAsync(path)).Should().Be(DecisionReport.Render(SampleContent.Full));
    }

    [Fact]
    public async Task WriteAsync_WhenCancelled_LeavesNothing()
    {
        string path = Path.Combine(_folder.FullName, "out", "report.html");
        Func<Task> write = () => DecisionReport.WriteAsync(path, SampleContent.Full, new CancellationToken(canceled: true));
        await write.Should().ThrowAsync<OperationCanceledException>();
        _folder.EnumerateFileSystemInfos().Should().BeEmpty();
    }

    [Fact]
    public async Task WriteAsync_WhenCancelledWhileRendering_LeavesNothing()
    {
        using CancellationTokenSource source = new();
        string path = Path.Combine(_folder.FullName, "report.html");
        Func<Task> write = () => DecisionReport.WriteAsync(path, SampleContent.Full with { Limits = new CancellingList(source) }, source.Token);
        await write.Should().ThrowAsync<OperationCanceledException>();
        Files().Should().BeEmpty();
    }

    [Fact]
    public async Task WriteAsync_WhenTheTargetIsAFolder_LeavesNoTemporaryFile()
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        Directory.CreateDirectory(path);
        Func<Task> write = () => DecisionReport.WriteAsync(path, SampleContent.Full);
        await write.Should().ThrowAsync<Exception>().Where(e => e is IOException || e is UnauthorizedAccessException);
        Files().Should().BeEmpty();
    }

    [Fact]
    public async Task WriteAsync_WithFaultyContent_KeepsTheOldFile()
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        await File.WriteAllTextAsync(path, "old");
        Func<Task> write = () => DecisionReport.WriteAsync(path, SampleContent.Full with { Alternatives = [PlanAlternative.Exact("x", new Money(1, Currency.Gbp))] });
        await write.Should().ThrowAsync<ArgumentException>();
        (await File.ReadAllTextAsync(path)).Should().Be("old");
        Files().Should().Equal("report.html");
    }

    private string[] Files() => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.Name)];

    /// <summary>Cancels when the renderer reads it: the only way to be sure that a cancellation comes in the middle.</summary>
    private sealed class CancellingList(CancellationTokenSource source) : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => "a limit";

        public IEnumerator<string> GetEnumerator()
        {
            source.Cancel();
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
