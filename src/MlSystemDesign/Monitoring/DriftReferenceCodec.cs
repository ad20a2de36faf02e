using System.Text;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Monitoring;

/// <summary>Writes and reads a <see cref="DriftReference"/>: little-endian binary, counts as differences in 7-bit groups.</summary>
public sealed class DriftReferenceCodec : IArtifactCodec
{
    /// <inheritdoc/>
    public string Kind => DriftReference.PartKind;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        DriftReference reference = part as DriftReference
            ?? throw new ArgumentException($"This codec must get a {nameof(DriftReference)}. Got {part?.GetType().Name ?? "null"}. Register its own codec.", nameof(part));
        using MemoryStream stream = new();
        using (BinaryWriter binary = new(stream, new UTF8Encoding(false, true), leaveOpen: true))
        {
            binary.Write7BitEncodedInt(reference.Count);
            binary.Write7BitEncodedInt(reference.Numbers.Count);
            foreach (NumberReference column in reference.Numbers)
            {
                WriteNumbers(binary, column);
            }

            binary.Write7BitEncodedInt(reference.Categories.Count);
            foreach (CategoryReference column in reference.Categories)
            {
                WriteCategories(binary, column);
            }

            binary.Write(reference.Score is not null);
            if (reference.Score is { } score)
            {
                WriteNumbers(binary, score);
            }
        }

        writer.WritePayload(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <inheritdoc/>
    public IArtifactPart Read(IArtifactReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            using MemoryStream stream = new(reader.Payload.ToArray(), writable: false);
            using BinaryReader binary = new(stream, new UTF8Encoding(false, true));
            int count = ReadCount(binary);
            NumberReference[] numbers = new NumberReference[ReadLength(binary)];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = ReadNumbers(binary, count);
            }

            CategoryReference[] categories = new CategoryReference[ReadLength(binary)];
            for (int i = 0; i < categories.Length; i++)
            {
                categories[i] = ReadCategories(binary, count);
            }

            NumberReference? score = binary.ReadBoolean() ? ReadNumbers(binary, count) : null;
            Require(stream.Position == stream.Length, "there are bytes after its end");
            return new DriftReference(count, numbers, categories, score);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or InvalidDataException)
        {
            throw JsonPayload.Malformed(Kind, e is EndOfStreamException ? "it ends too early" : e.Message, e);
        }
    }

    private static void WriteNumbers(BinaryWriter binary, NumberReference column)
    {
        binary.Write(column.Name);
        binary.Write7BitEncodedInt(column.Missing);
        binary.Write7BitEncodedInt(column.Values.Length);
        int before = 0;
        for (int i = 0; i < column.Values.Length; i++)
        {
            binary.Write(column.Values[i]);
            binary.Write7BitEncodedInt(column.Below[i] - before);
            binary.Write7BitEncodedInt(column.AtOrBelow[i] - column.Below[i]);
            before = column.AtOrBelow[i];
        }
    }

    private static NumberReference ReadNumbers(BinaryReader binary, int rows)
    {
        string name = binary.ReadString();
        int missing = ReadCount(binary), points = ReadLength(binary);
        double[] values = new double[points];
        int[] below = new int[points], atOrBelow = new int[points];
        long before = 0;
        for (int i = 0; i < points; i++)
        {
            values[i] = binary.ReadDouble();
            Require(!double.IsNaN(values[i]) && (i == 0 || values[i] > values[i - 1]), $"the values of '{name}' are not ascending");
            long start = before + ReadCount(binary), own = ReadCount(binary);
            before = start + own;
            Require(own > 0 && before + missing <= rows && (i > 0 || start == 0), $"the counts of '{name}' do not fit {rows} rows");
            below[i] = (int)start;
            atOrBelow[i] = (int)before;
        }

        Require(before + missing == rows, $"the counts of '{name}' do not add up to {rows} rows");
        return new NumberReference(name, missing, values, below, atOrBelow);
    }

    private static void WriteCategories(BinaryWriter binary, CategoryReference column)
    {
        binary.Write(column.Name);
        binary.Write7BitEncodedInt(column.Missing);
        binary.Write7BitEncodedInt(column.Present);
        binary.Write(column.IsIdentifier);
        binary.Write7BitEncodedInt(column.Levels.Length);
        for (int i = 0; i < column.Levels.Length; i++)
        {
            binary.Write(column.Levels[i]);
            binary.Write7BitEncodedInt(column.Counts[i]);
        }
    }

    private static CategoryReference ReadCategories(BinaryReader binary, int rows)
    {
        string name = binary.ReadString();
        int missing = ReadCount(binary), present = ReadCount(binary);
        bool isIdentifier = binary.ReadBoolean();
        string[] levels = new string[ReadLength(binary)];
        int[] counts = new int[levels.Length];
        long sum = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = binary.ReadString();
            counts[i] = ReadCount(binary);
            sum += counts[i];
            Require(counts[i] > 0 && (i == 0 || string.CompareOrdinal(levels[i], levels[i - 1]) > 0), $"the levels of '{name}' are not in order");
        }

        Require((long)missing + present == rows && sum == (isIdentifier ? 0 : present), $"the counts of '{name}' do not add up to {rows} rows");
        return new CategoryReference(name, missing, present, levels, counts, isIdentifier);
    }

    private static int ReadCount(BinaryReader binary)
    {
        int count = binary.Read7BitEncodedInt();
        Require(count >= 0, "a count is negative");
        return count;
    }

    // A length is never more than the bytes that are left: a corrupted one must not allocate.
    private static int ReadLength(BinaryReader binary)
    {
        int length = ReadCount(binary);
        Require(length <= binary.BaseStream.Length - binary.BaseStream.Position, "a length goes beyond its end");
        return length;
    }

    private static void Require(bool valid, string fault)
    {
        if (!valid)
        {
            throw new InvalidDataException(fault);
        }
    }
}
