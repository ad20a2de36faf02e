using MlSystemDesign.Lifecycle;
using static MlSystemDesign.Tests.Lifecycle.FileLedgerTests;

namespace MlSystemDesign.Tests.Lifecycle;

public sealed class LedgerEntityTests : IDisposable
{
    private static readonly EntityKey[] Keys =
        ["anna", 42, new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), EntityKey.Composite("AAA;%", 7), "line\nfeed", "42", string.Empty];

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    private string FilePath => Path.Combine(_folder, "churn.ledger");

    private string MapPath => FilePath + ".entities";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SurrogateOf_IsTheSameEveryTimeAndAfterReopening()
    {
        for (int round = 0; round < 3; round++)
        {
            using FileLedger ledger = FileLedger.Open(FilePath);
            for (int i = 0; i < Keys.Length; i++)
            {
                (await ledger.SurrogateOfAsync(Keys[i])).Should().Be(i + 1);
            }
        }
    }

    [Fact]
    public async Task Erase_RemovesTheKeyFromDiskAndNeverReusesItsNumber()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            (await ledger.SurrogateOfAsync("keep")).Should().Be(1);
            (await ledger.SurrogateOfAsync("secret-name")).Should().Be(2);
            await ledger.AppendAsync([Outcome("o1", 2)]);
            (await ledger.EraseAsync("secret-name")).Should().BeTrue();
            (await ledger.EraseAsync("secret-name")).Should().BeFalse();
        }

        foreach (string file in Directory.GetFiles(_folder))
        {
            (await File.ReadAllTextAsync(file)).Should().NotContain("secret-name");
        }

        using FileLedger again = FileLedger.Open(FilePath);
        (await again.SurrogateOfAsync("secret-name")).Should().Be(3);
        (await again.SurrogateOfAsync("keep")).Should().Be(1);
        (await ReadAll(again)).Should().ContainSingle().Which.Entity.Should().Be(2);
    }

    [Fact]
    public async Task Erase_OfTheNewestAndOnlyEntity_KeepsTheNextNumberAcrossReopening()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.SurrogateOfAsync("only");
            await ledger.EraseAsync("only");
        }

        using FileLedger again = FileLedger.Open(FilePath);
        (await again.SurrogateOfAsync("other")).Should().Be(2);
    }

    [Fact]
    public async Task Open_WithATornMap_CutsOffWhatNoRecordRefersTo()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            long anna = await ledger.SurrogateOfAsync("anna");
            await ledger.AppendAsync([Outcome("o1", anna)]);
        }

        byte[] safe = await File.ReadAllBytesAsync(MapPath);
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.SurrogateOfAsync("bert");
        }

        byte[] whole = await File.ReadAllBytesAsync(MapPath);
        for (int length = safe.Length; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(MapPath, whole[..length]);
            using (FileLedger ledger = FileLedger.Open(FilePath))
            {
                (await ledger.SurrogateOfAsync("anna")).Should().Be(1);
            }

            (await File.ReadAllBytesAsync(MapPath)).Should().Equal(safe);
        }
    }

    [Fact]
    public async Task Open_WithAMapThatLostAnEntityInUse_Refuses()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("o1", await ledger.SurrogateOfAsync("anna"))]);
        }

        byte[] map = await File.ReadAllBytesAsync(MapPath);
        map[20] ^= 1;
        await File.WriteAllBytesAsync(MapPath, map);
        Action act = () => FileLedger.Open(FilePath);
        act.Should().Throw<LedgerException>().WithMessage(
            "Every line of the entity map must be what was written. Line 1 of 'churn.ledger.entities', at byte 0, is altered. Restore the file from a backup.");
        File.WriteAllBytes(MapPath, [.. map.Select((b, i) => i == 20 ? (byte)(b ^ 1) : b)]);
        FileLedger.Open(FilePath).Dispose(); // the refused attempt left no lock behind
    }

    [Fact]
    public async Task Open_WithOneDamagedByteAnywhereInWhatAnEraseWrote_Refuses()
    {
        byte[] map = await MapAfterErase("bert");
        (await File.ReadAllLinesAsync(MapPath)).Select(l => l[9..]).Should().Equal(
            """{"next":4,"count":2}""", """{"entity":"s:anna","number":1}""", """{"entity":"s:carl","number":3}""");
        for (int i = 0; i < map.Length; i++)
        {
            byte[] damaged = [.. map];
            damaged[i] ^= 1;
            await File.WriteAllBytesAsync(MapPath, damaged);
            int start = map.AsSpan(0, i).LastIndexOf((byte)'\n') + 1, line = map.AsSpan(0, i).Count((byte)'\n') + 1;
            Action act = () => FileLedger.Open(FilePath);
            act.Should().Throw<LedgerException>($"byte {i} is damaged").WithMessage($"*Line {line} of 'churn.ledger.entities', at byte {start}, is altered.*");
            (await File.ReadAllBytesAsync(MapPath)).Should().Equal(damaged);
        }
    }

    [Fact]
    public async Task Open_WithAMapThatEndsWithinWhatAnEraseWrote_Refuses()
    {
        byte[] map = await MapAfterErase("bert");
        const int TellsAHeader = 17; // fewer bytes could be the torn first line of a new map
        for (int length = TellsAHeader; length < map.Length; length++)
        {
            await File.WriteAllBytesAsync(MapPath, map[..length]);
            Action act = () => FileLedger.Open(FilePath);
            act.Should().Throw<LedgerException>($"only {length} bytes are there");
            (await File.ReadAllBytesAsync(MapPath)).Should().HaveCount(length);
        }

        await File.WriteAllBytesAsync(MapPath, map[..(map.AsSpan().IndexOf((byte)'\n') + 1)]);
        FluentActions.Invoking(() => FileLedger.Open(FilePath)).Should().Throw<LedgerException>().WithMessage(
            "Every line of the entity map must be what was written. Line 2 of 'churn.ledger.entities', at byte 30, is missing: the header counts 2 entities. Restore the file from a backup.");
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("carl")] // the newest, and in use by a record: what is cut off after the erase is still later
    public async Task Open_WithATornLineAfterAnErase_CutsOffWhatNoRecordRefersTo(string erased)
    {
        byte[] safe = await MapAfterErase(erased);
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("o1", 3)]);
            (await ledger.SurrogateOfAsync("dora")).Should().Be(4);
        }

        byte[] whole = await File.ReadAllBytesAsync(MapPath);
        for (int length = safe.Length; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(MapPath, whole[..length]);
            using (FileLedger ledger = FileLedger.Open(FilePath))
            {
                (await ledger.SurrogateOfAsync("anna")).Should().Be(1);
            }

            (await File.ReadAllBytesAsync(MapPath)).Should().Equal(safe);
        }
    }

    [Fact]
    public async Task Open_WithAMapOfTheOlderForm_ReadsItAndRefusesDamage()
    {
        byte[] map = Line("""{"next":5}""", """{"entity":"s:anna","number":1}""", """{"entity":"s:carl","number":3}""");
        await File.WriteAllBytesAsync(MapPath, map);
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            (await ledger.SurrogateOfAsync("carl")).Should().Be(3);
            (await ledger.SurrogateOfAsync("dora")).Should().Be(5);
            (await ledger.SurrogateOfAsync("emma")).Should().Be(6);
        }

        byte[] longer = await File.ReadAllBytesAsync(MapPath);
        byte[] damaged = [.. longer];
        damaged[30] ^= 1;
        await File.WriteAllBytesAsync(MapPath, damaged);
        FluentActions.Invoking(() => FileLedger.Open(FilePath)).Should().Throw<LedgerException>().WithMessage("*Line 2 of * at byte 20, is altered.*");

        await File.WriteAllBytesAsync(MapPath, longer[..^1]);
        using FileLedger torn = FileLedger.Open(FilePath);
        (await torn.SurrogateOfAsync("dora")).Should().Be(5);
        (await torn.SurrogateOfAsync("fred")).Should().Be(6);
    }

    [Fact]
    public async Task Open_WithALostMap_StillReusesNoNumberOfARecord()
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            await ledger.AppendAsync([Outcome("o1", 41)]);
        }

        File.Delete(MapPath);
        using FileLedger again = FileLedger.Open(FilePath);
        (await again.SurrogateOfAsync("anna")).Should().Be(42);
    }

    [Fact]
    public async Task InMemoryLedger_BehavesAlike()
    {
        InMemoryLedger ledger = new();
        (await ledger.SurrogateOfAsync("a")).Should().Be(1);
        (await ledger.SurrogateOfAsync("b")).Should().Be(2);
        (await ledger.EraseAsync("b")).Should().BeTrue();
        (await ledger.SurrogateOfAsync("b")).Should().Be(3);
        (await ledger.AppendAsync([Outcome("x"), Outcome("x"), Outcome("y")])).Should().Be(2);
        (await ledger.AppendAsync([Outcome("y")])).Should().Be(0);
        (await ReadAll(ledger)).Select(r => r.Id).Should().Equal("x", "y");
        Func<Task> act = async () => await ledger.AppendAsync([Outcome("z") with { Outcome = double.PositiveInfinity }]);
        await act.Should().ThrowAsync<ArgumentException>();
    }

    private static byte[] Line(params string[] json) => [.. json.SelectMany(j =>
        System.Text.Encoding.UTF8.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(j)))[..8] + " " + j + "\n"))];

    private async Task<byte[]> MapAfterErase(string erased)
    {
        using (FileLedger ledger = FileLedger.Open(FilePath))
        {
            foreach (string name in new[] { "anna", "bert", "carl" })
            {
                await ledger.SurrogateOfAsync(name);
            }

            await ledger.EraseAsync(erased);
        }

        return await File.ReadAllBytesAsync(MapPath);
    }
}
