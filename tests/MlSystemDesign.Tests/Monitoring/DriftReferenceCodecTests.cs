using CsCheck;
using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Monitoring;

public sealed class DriftReferenceCodecTests
{
    private static readonly DriftReferenceCodec Codec = new();

    [Fact]
    public void Read_OfWhatWasWritten_GivesAnEqualReference() =>
        Gen.Select(Gen.Double.Array[1, 600], Gen.Int[0, 30]).Sample((draws, modulus) =>
        {
            FeatureTable table = new FeatureTableBuilder(draws.Select((_, i) => new EntityKey((long)i)))
                .Number("all", [.. draws.Select(d => double.IsFinite(d) ? d : double.NaN)])
                .Number("few", [.. draws.Select((d, i) => i % 7 == 0 ? double.NaN : Math.Sign(d))])
                .Category("c", [.. draws.Select((_, i) => i % 5 == 0 ? null : $"naïve ☃ {i % (modulus + 1)}")])
                .Category("id", [.. draws.Select((_, i) => $"{i}")])
                .Build();
            DriftMonitor monitor = new(new DriftMonitorOptions { MaximumPoints = 256 });
            DriftReference reference = (DriftReference)monitor.Summarize(table, [.. draws.Select((_, i) => 1.0 / (i + 1))]);
            byte[] bytes = Write(reference);
            DriftReference read = (DriftReference)Codec.Read(new Payload(bytes));
            Write(read).Should().Equal(bytes);
            read.Count.Should().Be(draws.Length);
            read.Columns.Should().Equal("all", "few", "c", "id");
            read.HasScore.Should().BeTrue();
            read.Numbers[0].Values.Should().Equal(reference.Numbers[0].Values);
            read.Numbers[0].AtOrBelow.Should().Equal(reference.Numbers[0].AtOrBelow);
            read.Numbers[0].Below.Should().Equal(reference.Numbers[0].Below);
            read.Categories[0].Levels.Should().Equal(reference.Categories[0].Levels);
            read.Categories[0].Counts.Should().Equal(reference.Categories[0].Counts);
        }, iter: 50);

    [Fact]
    public void Read_OfAnyAlteredOrShortenedPayload_FailsTypedOrGivesAValidReference()
    {
        DriftReference reference = (DriftReference)new DriftMonitor().Summarize(new FeatureTableBuilder(Enumerable.Range(0, 40).Select(i => new EntityKey((long)i)))
            .Number("x", [.. Enumerable.Range(0, 40).Select(i => (double)(i % 9))]).Category("c", [.. Enumerable.Range(0, 40).Select(i => $"{i % 3}")]).Build());
        byte[] bytes = Write(reference);
        for (int length = 0; length < bytes.Length; length++)
        {
            Action act = () => Codec.Read(new Payload(bytes[..length]));
            act.Should().Throw<ArtifactException>().Which.Fault.Should().Be(ArtifactFault.Corrupted);
        }

        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] altered = [.. bytes];
            altered[at] ^= 0x55;
            try
            {
                Codec.Read(new Payload(altered));
            }
            catch (ArtifactException e)
            {
                e.Fault.Should().Be(ArtifactFault.Corrupted);
            }
        }

        Action longer = () => Codec.Read(new Payload([.. bytes, 0]));
        longer.Should().Throw<ArtifactException>().WithMessage(
            "A part of kind 'drift.reference' must be what its codec wrote. It is not: there are bytes after its end. Save the system again.");
    }

    private static byte[] Write(DriftReference reference)
    {
        Payload payload = new([]);
        Codec.Write(reference, payload);
        return payload.Bytes;
    }

    private sealed class Payload(byte[] bytes) : IArtifactWriter, IArtifactReader
    {
        public byte[] Bytes { get; private set; } = bytes;

        public int Version => 1;

        ReadOnlyMemory<byte> IArtifactReader.Payload => Bytes;

        public void WritePayload(ReadOnlySpan<byte> payload) => Bytes = payload.ToArray();

        public void WritePart(string name, IArtifactPart part) => throw new NotSupportedException();

        public TPart ReadPart<TPart>(string name)
            where TPart : IArtifactPart => throw new NotSupportedException();
    }
}
