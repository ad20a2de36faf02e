using System.Buffers.Binary;
using System.Globalization;

namespace MlSystemDesign.Parquet.Files;

/// <summary>Says what is wrong with a file in our words.</summary>
internal static class ParquetFaults
{
    private const int Frame = 12; // the mark at either end, and the length of the footer

    /// <summary>Checks that a stream starts and ends as a Parquet file does, whose footer, at the end, says where everything is.</summary>
    /// <exception cref="DataFormatException">It is empty, cut off, encrypted, or no Parquet file.</exception>
    public static void RequireWhole(Stream stream, string name)
    {
        if (stream.Length == 0)
        {
            throw new DataFormatException($"A Parquet file must have a footer. Got an empty file in '{name}'. Check the path and whether the export finished.");
        }

        Span<byte> head = stackalloc byte[4], tail = stackalloc byte[8];
        stream.Position = 0;
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length || !head.SequenceEqual("PAR1"u8))
        {
            string came = head.SequenceEqual("PARE"u8) ? "an encrypted file" : "other bytes at the start";
            throw new DataFormatException($"A Parquet file must start with the mark PAR1. Got {came} in '{name}'. Check the path; read CSV files with MlSystemDesign.Csv.");
        }

        if (stream.Length >= Frame)
        {
            stream.Position = stream.Length - tail.Length;
            stream.ReadExactly(tail);
            if (tail[4..].SequenceEqual("PAR1"u8) && BinaryPrimitives.ReadUInt32LittleEndian(tail) is var footer && footer <= stream.Length - Frame)
            {
                return;
            }
        }

        throw new DataFormatException(string.Create(
            CultureInfo.InvariantCulture, $"A Parquet file must end with its footer. Got a truncated file of {stream.Length} bytes in '{name}'. Copy or export it again."));
    }

    /// <summary>Runs what reads from a file. Whatever the decoder throws on broken bytes becomes a <see cref="DataFormatException"/>.</summary>
    /// <param name="read">The reading.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="place">What is read, such as "column 'at'".</param>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> read, string name, string place)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception fault) when (IsAboutTheBytes(fault))
        {
            throw new DataFormatException(
                $"A Parquet file must be whole, in an encoding that Parquet.Net reads. Got {fault.GetType().Name} ({fault.Message.TrimEnd('.')}) in {place} of '{name}'. " +
                "Copy or export it again, or write it with PLAIN or dictionary encoding.",
                innerException: fault);
        }
    }

    private static bool IsAboutTheBytes(Exception fault) =>
        fault is EndOfStreamException or not (OperationCanceledException or OutOfMemoryException or DataFormatException or IOException);
}
