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
}
