using System.IO.Compression;
using System.Text;
using CsCheck;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Tests.Lifecycle;

public sealed class ArtifactFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlsd-artifact-").FullName;

    private static readonly ArtifactCodecs Codecs = new([new NoteCodec(1), new PairCodec()]);

    private string Target => Path.Combine(_folder, "system.mlsystem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_OfASavedTree_GivesEqualPartsAndHash()
    {
        Pair pair = new(new Note("left"), new Pair(new Note(""), new Note("çöl Ğ ı İ")));

        string hash = ArtifactFile.Save(Target, pair, Codecs);
        (Pair loaded, string loadedHash) = ArtifactFile.Load<Pair>(Target, Codecs);

        loaded.Should().Be(pair);
        loadedHash.Should().Be(hash).And.HaveLength(64);
        ArtifactFile.HashOf(pair, Codecs).Should().Be(hash);
    }

    [Fact]
    public void HashOf_DifferentContentOrPlace_Differs()
    {
        string one = ArtifactFile.HashOf(new Pair(new Note("a"), new Note("b")), Codecs);

        ArtifactFile.HashOf(new Pair(new Note("b"), new Note("a")), Codecs).Should().NotBe(one);
        ArtifactFile.HashOf(new Pair(new Note("a"), new Note("b ")), Codecs).Should().NotBe(one);
        ArtifactFile.HashOf(new Pair(new Note("a"), new Note("b")), Codecs).Should().Be(one);
    }

    [Fact]
    public void Load_TruncatedAnywhere_RefusesWithATypedFault()
    {
        ArtifactFile.Save(Target, new Pair(new Note("left"), new Note(new string('x', 500))), Codecs);
        byte[] whole = File.ReadAllBytes(Target);

        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Target, whole[..length]);
            Action load = () => ArtifactFile.Load<Pair>(Target, Codecs);
            load.Should().Throw<ArtifactException>().Which.Fault.Should().Be(length < 4 ? ArtifactFault.Corrupted : ArtifactFault.Truncated, "only {0} bytes are left", length);
        }
    }

    [Fact]
    public void Load_OfHalfAFile_AndOfAnEmptyOne_SaysWhatToDo()
    {
        ArtifactFile.Save(Target, new Note(new string('x', 500)), Codecs);
        File.WriteAllBytes(Target, File.ReadAllBytes(Target)[..100]);
        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        load.Should().Throw<ArtifactException>().WithMessage("An artifact must be a complete file. '*' ends too early, after 100 bytes. Copy it again, or save the system again.");
        File.WriteAllBytes(Target, []);
        load.Should().Throw<ArtifactException>().WithMessage("An artifact must be exactly what was saved. '*' is not: it is empty. Copy it again, or save the system again.");
    }

    [Fact]
    public void Load_WithAnyByteChanged_RefusesOrGivesTheSameParts()
    {
        Pair pair = new(new Note("left"), new Note("right, and a text that is long enough to be compressed, compressed, compressed"));
        ArtifactFile.Save(Target, pair, Codecs);
        byte[] whole = File.ReadAllBytes(Target);
        int refused = 0;

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample(
            (position, change) =>
            {
                byte[] changed = [.. whole];
                changed[position] ^= change;
                string file = Path.Combine(_folder, $"changed-{position}-{change}");
                File.WriteAllBytes(file, changed);
                try
                {
                    ArtifactFile.Load<Pair>(file, Codecs).Part.Should().Be(pair, "what loads must be what was saved");
                }
                catch (ArtifactException)
                {
                    Interlocked.Increment(ref refused);
                }

                File.Delete(file);
            },
            iter: 2000);

        refused.Should().BeGreaterThan(1000);
    }

    [Fact]
    public void Load_OfANewerPayload_SaysWhatToUpdate()
    {
        ArtifactFile.Save(Target, new Note("x"), new ArtifactCodecs([new NoteCodec(3)]));

        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        ArtifactException thrown = load.Should().Throw<ArtifactException>().Which;
        thrown.Fault.Should().Be(ArtifactFault.Newer);
        thrown.Message.Should().Be("The part 'system' must be of version 1 or older. Got version 3 of 'test.note'. Update the package that reads it.");
    }

    [Fact]
    public void Load_OfAnOlderPayload_HandsTheVersionToTheCodec()
    {
        ArtifactFile.Save(Target, new Note("x"), new ArtifactCodecs([new NoteCodec(1)]));

        ArtifactFile.Load<Note>(Target, new ArtifactCodecs([new NoteCodec(2)])).Part.Text.Should().Be("x (read as version 1)");
    }

    [Fact]
    public void Load_OfANewerFormat_Refuses()
    {
        ArtifactFile.Save(Target, new Note("x"), Codecs);
        EditManifest(text => text.Replace("\"version\": 1,\n  \"hash\"", "\"version\": 2,\n  \"hash\"", StringComparison.Ordinal));

        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        load.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.Newer)
            .WithMessage("An artifact must be of format version 1 or older. Got version 2 in '*'. Update MlSystemDesign to read it.");
    }

    [Fact]
    public void Load_WithAPayloadExchanged_SaysWhichHashDoesNotMatch()
    {
        ArtifactFile.Save(Target, new Note("x"), Codecs);
        using (ZipArchive archive = ZipFile.Open(Target, ZipArchiveMode.Update))
        {
            archive.GetEntry("parts/system")!.Delete();
            using Stream stream = archive.CreateEntry("parts/system").Open();
            stream.Write("y"u8);
        }

        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        load.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.Corrupted)
            .WithMessage("An artifact must be exactly what was saved. '*' is not: the hash of part 'system' does not match. Copy it again, or save the system again.");
    }

    [Fact]
    public void Load_WithAPartThatTheManifestCallsAnotherVersion_SaysThatTheContentIsNotWhatWasSaved()
    {
        ArtifactFile.Save(Target, new Note("x"), new ArtifactCodecs([new NoteCodec(2)]));
        EditManifest(text => text.Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal));

        Action load = () => ArtifactFile.Load<Note>(Target, new ArtifactCodecs([new NoteCodec(2)]));

        load.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.Corrupted)
            .WithMessage("An artifact must be exactly what was saved. '*' is not: the content hash does not match. Copy it again, or save the system again.");
    }

    [Fact]
    public void Load_OfSomethingElse_SaysThatItIsNoArtifact()
    {
        File.WriteAllText(Target, "customer,amount\n1,2\n");

        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        load.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.Corrupted)
            .WithMessage("An artifact must be exactly what was saved. '*' is not: it does not start as an artifact does. Copy it again, or save the system again.");
    }

    [Fact]
    public void Save_OfAKindWithoutCodec_NamesTheKindAndLeavesNothing()
    {
        Action save = () => ArtifactFile.Save(Target, new Note("x"), new ArtifactCodecs([]));

        save.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.UnknownKind).WithMessage("Every part must have a codec. Got kind 'test.note', *");
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Load_AsAnotherType_SaysWhatItIs()
    {
        ArtifactFile.Save(Target, new Note("x"), Codecs);

        Action load = () => ArtifactFile.Load<Pair>(Target, Codecs);

        load.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.MissingPart).WithMessage("The part 'system' must be a Pair. Got kind 'test.note', which is a Note.*");
    }

    [Fact]
    public void Write_ThatFailsHalfway_KeepsTheOldFile()
    {
        File.WriteAllText(Target, "old");

        Action write = () => AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            throw new IOException("disk full");
        });

        write.Should().Throw<IOException>();
        File.ReadAllText(Target).Should().Be("old");
        Directory.GetFiles(_folder).Should().ContainSingle();
    }

    [Fact]
    public void Load_OfPartsThatWouldFillTheMemory_RefusesBeforeReadingThem()
    {
        ArtifactFile.Save(Target, new Note("small"), Codecs);
        EditManifest(text => text.Replace("\"length\": 5", "\"length\": 1073741825", StringComparison.Ordinal));

        Action load = () => ArtifactFile.Load<Note>(Target, Codecs);

        load.Should().Throw<ArtifactException>().WithMessage("*its parts take 1073741825 bytes, and 1073741824 are the most that are read*").Which.Fault.Should().Be(ArtifactFault.Corrupted);
    }

    private void EditManifest(Func<string, string> edit)
    {
        using ZipArchive archive = ZipFile.Open(Target, ZipArchiveMode.Update);
        ZipArchiveEntry entry = archive.GetEntry("manifest.json")!;
        string text;
        using (StreamReader reader = new(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        string edited = edit(text);
        edited.Should().NotBe(text, "the test must change something");
        entry.Delete();
        using Stream stream = archive.CreateEntry("manifest.json").Open();
        stream.Write(Encoding.UTF8.GetBytes(edited));
    }

    private sealed record Note(string Text) : IArtifactPart
    {
        public string Kind => "test.note";
    }

    private sealed record Pair(IArtifactPart Left, IArtifactPart Right) : IArtifactPart
    {
        public string Kind => "test.pair";
    }

    private sealed class NoteCodec(int version) : IArtifactCodec
    {
        public string Kind => "test.note";

        public int Version => version;

        public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(Encoding.UTF8.GetBytes(((Note)part).Text));

        public IArtifactPart Read(IArtifactReader reader) =>
            new Note(Encoding.UTF8.GetString(reader.Payload.Span) + (reader.Version < Version ? $" (read as version {reader.Version})" : string.Empty));
    }

    private sealed class PairCodec : IArtifactCodec
    {
        public string Kind => "test.pair";

        public int Version => 1;

        public void Write(IArtifactPart part, IArtifactWriter writer)
        {
            writer.WritePart("left", ((Pair)part).Left);
            writer.WritePart("right", ((Pair)part).Right);
        }

        public IArtifactPart Read(IArtifactReader reader) => new Pair(reader.ReadPart<IArtifactPart>("left"), reader.ReadPart<IArtifactPart>("right"));
    }
}
