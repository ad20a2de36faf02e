using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MlSystemDesign.Features;

namespace MlSystemDesign.Parquet;

/// <summary>What a part depends on, as one hash.</summary>
internal static class Fingerprint
{
    private const string Format = "1"; // to be raised when parts are written otherwise

    public static string Of(FeaturePlan plan, ObservationSet observations, int partitions, IEnumerable<string> inputs)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Format);
        Add(hash, plan.Hash);
        Add(hash, partitions.ToString(CultureInfo.InvariantCulture));
        foreach (string input in inputs)
        {
            FileInfo file = new(input);
            if (!file.Exists)
            {
                throw new FileNotFoundException($"Every input of the build must be there. Got no file '{input}'. Check the paths.", input);
            }

            Add(hash, string.Create(CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}"));
        }

        Span<byte> ticks = stackalloc byte[sizeof(long)];
        for (int row = 0; row < observations.Count; row++)
        {
            Add(hash, observations.Entities[row].ToCanonicalString());
            BinaryPrimitives.WriteInt64LittleEndian(ticks, observations.CutoffTicks[row]);
            hash.AppendData(ticks);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length in front: no two lists of texts give the same bytes.
    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
