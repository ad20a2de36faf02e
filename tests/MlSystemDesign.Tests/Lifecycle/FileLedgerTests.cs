using System.Globalization;
using CsCheck;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Tests.Lifecycle;

public sealed class FileLedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    private string FilePath => Path.Combine(_folder, "churn.ledger");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_OfAnyRecords_ReadsBackEqualAfterReopening() =>
        Gen.Select(Records.Gen.Array[0, 8], Gen.OneOf("nl-NL", "tr-TR", "en-US")).Sample((records, culture) =>
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string path = Path.Combine(_folder, $"{Environment.CurrentManagedThreadId}.ledger");
            try
            {
                using (FileLedger ledger = FileLedger.Open(path))
                {
                    Wait(ledger.AppendAsync(records)).Should().Be(records.DistinctBy(r => r.Id).Count());
                }

                using FileLedger again = FileLedger.Open(path);
                Wait(ReadAll(again)).Should().Equal(records.DistinctBy(r => r.Id));
                again.Recovered.Should().BeNull();
            }
            finally
            {
                File.Delete(path);
                File.Delete(path + ".entities");
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            }
        }, iter: 200);

    [Fact]
    public async Task Append_OfADecision_IsReadableText()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([new DecisionRecord
            {
                Id = "d1", Entity = 7, EventTime = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2)), ArrivalTime = new DateTimeOffset(2026, 3, 1, 0, 0, 1, TimeSpan.Zero),
                Action = "call", Prediction = 0.1, ExpectedValue = Money.Eur(12.50m), Cost = Money.Eur(4m), ModelHash = "ab", Propensity = 0.5,
            }]);
        }

        string[] lines = await File.ReadAllLinesAsync(FilePath);
        lines.Select(l => l[9..]).Should().Equal(
            """{"kind":"ledger","version":1}""",
            """{"kind":"decision","id":"d1","entity":7,"eventTime":"2026-03-01T00:00:00+00:00","arrivalTime":"2026-03-01T00:00:01+00:00","modelHash":"ab","propensity":0.5,"prediction":0.1,"action":"call","expectedValue":{"amount":12.50,"currency":"EUR","digits":2},"cost":{"amount":4,"currency":"EUR","digits":2}}""");
        lines[0][..9].Should().Be("3c461ad7 "); // sha256sum of the JSON, first 8 digits
    }

    [Fact]
    public async Task Append_OfAKnownId_IsSkippedAlsoAfterReopeningAndWithinOneCall()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            (await ledger.AppendAsync([Outcome("a"), Outcome("b"), Outcome("a")])).Should().Be(2);
            (await ledger.AppendAsync([Outcome("b"), Outcome("c")])).Should().Be(1);
            (await ledger.AppendAsync([])).Should().Be(0);
        }

        using FileLedger again = FileLedger.Open(FilePath);
        again.Count.Should().Be(3);
        (await again.AppendAsync([Outcome("a"), Outcome("d")])).Should().Be(1);
        (await ReadAll(again)).Select(r => r.Id).Should().Equal("a", "b", "c", "d");
    }

    [Fact]
    public async Task Open_AfterAWriteThatStoppedAtAnyByte_KeepsEveryCompleteRecordAndGoesOn()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("first"), Outcome("second")]);
        }

        long before = new FileInfo(FilePath).Length;
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("third")]);
        }

        byte[] whole = await File.ReadAllBytesAsync(FilePath);
        for (int length = (int)before; length < whole.Length; length++)
        {
            string path = Path.Combine(_folder, $"cut-{length}.ledger");
            await File.WriteAllBytesAsync(path, whole[..length]);
            using (FileLedger ledger = FileLedger.Open(path))
            {
                (await ReadAll(ledger)).Select(r => r.Id).Should().Equal("first", "second");
                (ledger.Recovered is null).Should().Be(length == before);
                if (ledger.Recovered is { } recovered)
                {
                    recovered.ByteOffset.Should().Be(before);
                    recovered.SavedAs.Should().Be(path + ".torn-1");
                    (await File.ReadAllBytesAsync(recovered.SavedAs)).Should().Equal(whole[(int)before..length]);
                }

                (await ledger.AppendAsync([Outcome("third"), Outcome("fourth")])).Should().Be(2);
            }

            using FileLedger again = FileLedger.Open(path);
            (await ReadAll(again)).Select(r => r.Id).Should().Equal("first", "second", "third", "fourth");
            again.Recovered.Should().BeNull();
        }
    }

    [Fact]
    public async Task Open_AfterAWriteThatStoppedInTheHeader_StartsAnew()
    {
        FileLedger.Open(FilePath).Dispose();
        byte[] header = await File.ReadAllBytesAsync(FilePath);
        for (int length = 0; length < header.Length; length++)
        {
            await File.WriteAllBytesAsync(FilePath, header[..length]);
            FileLedger.Open(FilePath).Dispose();
            (await File.ReadAllBytesAsync(FilePath)).Should().Equal(header);
        }

        Directory.GetFiles(_folder, "*.torn-*").Should().HaveCount(header.Length - 1);
    }

    [Fact]
    public async Task Open_WithAnyByteOfTheLastLineAltered_CutsItOffAndSavesIt()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("first"), Outcome("last")]);
        }

        byte[] whole = await File.ReadAllBytesAsync(FilePath);
        int start = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int at = start; at < whole.Length; at++)
        {
            byte[] altered = [.. whole];
            altered[at] ^= 0x20;
            string path = Path.Combine(_folder, $"flip-{at}.ledger");
            await File.WriteAllBytesAsync(path, altered);
            using FileLedger ledger = FileLedger.Open(path);
            (await ReadAll(ledger)).Select(r => r.Id).Should().Equal("first");
            (await File.ReadAllBytesAsync(ledger.Recovered!.SavedAs)).Should().Equal(altered[start..]);
        }
    }

    [Fact]
    public async Task Open_WithAByteInTheMiddleAltered_NamesLineAndOffset()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("first"), Outcome("second"), Outcome("third")]);
        }

        byte[] bytes = await File.ReadAllBytesAsync(FilePath);
        int second = bytes.AsSpan().IndexOf("\"second\""u8), start = Array.LastIndexOf(bytes, (byte)'\n', second) + 1;
        bytes[second + 1] = (byte)'S';
        await File.WriteAllBytesAsync(FilePath, bytes);

        Action act = () => FileLedger.Open(FilePath);
        LedgerException e = act.Should().Throw<LedgerException>().Which;
        e.Fault.Should().Be(LedgerFault.Corrupted);
        e.Line.Should().Be(3);
        e.ByteOffset.Should().Be(start);
        e.Message.Should().Be(
            $"Every line of a ledger must be what was written. Line 3 of 'churn.ledger', at byte {start}, is altered: its hash does not match. " +
            "Restore the file from a backup, or move it away and start a new one.");
        (await File.ReadAllBytesAsync(FilePath)).Should().Equal(bytes, "a refused file is not touched");
    }

    [Fact]
    public async Task Open_OfAnotherFile_RefusesAndLeavesItAlone()
    {
        await File.WriteAllTextAsync(FilePath, "id,amount");
        Action act = () => FileLedger.Open(FilePath);
        act.Should().Throw<LedgerException>().WithMessage("*Line 1 of 'churn.ledger', at byte 0, is not the header of a ledger.*");
        (await File.ReadAllTextAsync(FilePath)).Should().Be("id,amount");
    }

    [Fact]
    public async Task Open_OfANewerVersion_Refuses()
    {
        string json = "{\"kind\":\"ledger\",\"version\":2}";
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)))[..8];
        await File.WriteAllTextAsync(FilePath, $"{hash} {json}\n");
        Action act = () => FileLedger.Open(FilePath);
        act.Should().Throw<LedgerException>().WithMessage("A ledger must be of version 1 or older. 'churn.ledger' is of version 2. Update the library.")
            .Which.Fault.Should().Be(LedgerFault.Newer);
    }

    [Fact]
    public void Open_Twice_Refuses()
    {
        using FileLedger first = FileLedger.Open(FilePath);
        Action act = () => FileLedger.Open(FilePath);
        act.Should().Throw<LedgerException>()
            .WithMessage("A ledger must have one writer. 'churn.ledger' is open elsewhere. Close it there, or share one FileLedger within the process.")
            .Which.Fault.Should().Be(LedgerFault.InUse);
        first.Dispose();
        FileLedger.Open(FilePath).Dispose();
    }

    [Fact]
    public async Task Append_FromManyCallers_KeepsEachCallTogether()
    {
        using FileLedger ledger = FileLedger.Open(FilePath);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(c => Task.Run(async () =>
        {
            long entity = await ledger.SurrogateOfAsync($"customer {c % 10}");
            await ledger.AppendAsync([.. Enumerable.Range(0, 5).Select(i => Outcome($"{c}-{i}", entity))]);
        })));
        List<LedgerRecord> records = await ReadAll(ledger);
        records.Should().HaveCount(200);
        records.Chunk(5).Should().OnlyContain(chunk => chunk.Select(r => r.Id.Split('-')[0]).Distinct().Count() == 1);
        records.Select(r => r.Entity).Distinct().Order().Should().Equal(Enumerable.Range(1, 10).Select(i => (long)i));
    }

    [Fact]
    public async Task Read_WhileWriting_SeesWhatWasCompleteAtItsStart()
    {
        using FileLedger ledger = FileLedger.Open(FilePath);
        await ledger.AppendAsync([Outcome("a"), Outcome("b")]);
        List<string> seen = [];
        await foreach (LedgerRecord record in ledger.ReadAsync())
        {
            seen.Add(record.Id);
            await ledger.AppendAsync([Outcome($"later {record.Id}")]);
        }

        seen.Should().Equal("a", "b");
        ledger.Count.Should().Be(4);
    }

    [Fact]
    public async Task Append_Cancelled_WritesNothing()
    {
        using FileLedger ledger = FileLedger.Open(FilePath);
        Func<Task> act = async () => await ledger.AppendAsync([Outcome("a")], new CancellationToken(true));
        await act.Should().ThrowAsync<OperationCanceledException>();
        ledger.Count.Should().Be(0);
        (await ledger.AppendAsync([Outcome("a")])).Should().Be(1);
    }

    [Fact]
    public async Task Append_AfterDispose_SaysSo()
    {
        FileLedger ledger = FileLedger.Open(FilePath);
        ledger.Dispose();
        ledger.Dispose();
        Func<Task> act = async () => await ledger.AppendAsync([Outcome("a")]);
        await act.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Append_OfAnInvalidRecord_WritesNothingAndSaysWhich()
    {
        using FileLedger ledger = FileLedger.Open(FilePath);
        Func<Task> nan = async () => await ledger.AppendAsync([Outcome("good"), Outcome("bad") with { Outcome = double.NaN }]);
        await nan.Should().ThrowAsync<ArgumentException>().WithMessage(
            "The outcome of a ledger record must be a finite number. Got NaN in record 'bad'. Leave the record out, or find out why there is no number.");
        Func<Task> id = async () => await ledger.AppendAsync([Outcome(" ")]);
        await id.Should().ThrowAsync<ArgumentException>().WithMessage("A ledger record must have an id: its idempotency key. Got an empty one in a OutcomeRecord.*");
        Func<Task> propensity = async () => await ledger.AppendAsync([Outcome("p") with { Propensity = 0 }]);
        await propensity.Should().ThrowAsync<ArgumentException>().WithMessage("A propensity must be in (0, 1]. Got 0 in record 'p'.*");
        Func<Task> foreign = async () => await ledger.AppendAsync([new ForeignRecord { Id = "f", Entity = 1, EventTime = default, ArrivalTime = default }]);
        await foreign.Should().ThrowAsync<ArgumentException>().WithMessage(
            "A ledger record must be a prediction, a decision or an outcome. Got ForeignRecord in record 'f'. Map it to one of the three.");
        Func<Task> half = async () => await ledger.AppendAsync([Outcome("\ud800")]);
        await half.Should().ThrowAsync<ArgumentException>().WithMessage("The id of a ledger record must be valid Unicode text.*");
        ledger.Count.Should().Be(0);
    }

    [Fact]
    public async Task Read_OfALargeLedgerWithLongLines_GivesAllInOrder()
    {
        string[] ids = [.. Enumerable.Range(0, 3000).Select(i => $"{i} {new string('x', i % 700 == 0 ? 100_000 : i % 90)}")];
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            (await ledger.AppendAsync([.. ids.Select(i => Outcome(i))])).Should().Be(3000);
        }

        using FileLedger again = FileLedger.Open(FilePath);
        (await ReadAll(again)).Select(r => r.Id).Should().Equal(ids);
    }

    internal static OutcomeRecord Outcome(string id, long entity = 1) => new()
    {
        Id = id,
        Entity = entity,
        EventTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ArrivalTime = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
        Outcome = 1,
    };

    internal static async Task<List<LedgerRecord>> ReadAll(ILedger ledger)
    {
        List<LedgerRecord> records = [];
        await foreach (LedgerRecord record in ledger.ReadAsync())
        {
            records.Add(record);
        }

        return records;
    }

    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private sealed record ForeignRecord : LedgerRecord;
}
