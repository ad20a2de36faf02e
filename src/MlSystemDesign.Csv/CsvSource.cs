using System.Data.Common;
using System.Text;
using Sylvan.Data.Csv;

namespace MlSystemDesign.Csv;

/// <summary>Opens CSV files, plain or gzip, as data readers: RFC 4180 quoting, a header line, every column text.</summary>
/// <remarks>Whether a file is gzip is told from its first bytes, not from its name. In a file of several columns a wholly blank line is no row. A row with fewer or more
/// fields than the header is a bad row for whoever reads it. Broken quoting, a broken archive and bytes that are not in the encoding throw
/// <see cref="DataFormatException"/> under every policy, because nothing after them can be trusted.</remarks>
public static class CsvSource
{
    private const int LongestRecord = 1 << 24;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; UTF-8 with commas by default.</param>
    /// <returns>A reader that owns the file.</returns>
    /// <exception cref="DataFormatException">The file is empty: it has no header line.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DbDataReader Open(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileStream file = new(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 1 << 16 });
        return Open(file, Path.GetFileName(path), options);
    }

    /// <summary>Opens a stream.</summary>
    /// <param name="stream">The bytes, from where it stands; closed with the reader. It need not be seekable: a plain one is read as it comes, a gzip one is first read
    /// into memory, still packed (2 GB at most), because its end tells whether it is whole.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How it is written; UTF-8 with commas by default.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="DataFormatException">The stream is empty: it has no header line.</exception>
    public static DbDataReader Open(Stream stream, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException($"The stream must be readable. Got one for '{name}' that is closed or for writing only. Open it for reading.", nameof(stream));
        }

        options ??= new CsvOptions();
        StreamReader? text = null;
        try
        {
            text = new StreamReader(Unpacked(stream), Strict(options.Encoding), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 15);
            return new CsvRowReader(CsvFaults.Translate(() => CsvDataReader.Create(text, Settings(options)), name, () => null), name);
        }
        catch
        {
            text?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    private static Stream Unpacked(Stream stream)
    {
        byte[] magic = new byte[2];
        int read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        bool isGzip = read == magic.Length && magic is [0x1F, 0x8B];
        if (stream.CanSeek)
        {
            stream.Seek(-read, SeekOrigin.Current);
            return isGzip ? new WholeGzipStream(stream) : stream;
        }

        ResumedStream all = new(magic.AsMemory(0, read), stream);
        return isGzip ? new WholeGzipStream(InMemory(all)) : all;
    }

    private static MemoryStream InMemory(Stream stream)
    {
        using (stream)
        {
            MemoryStream copy = new();
            stream.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static CsvDataReaderOptions Settings(CsvOptions options) => new()
    {
        Delimiter = options.Delimiter,
        CsvStyle = CsvStyle.Standard,
        Comment = '\0', // otherwise a row that starts with # is dropped without a word
        MaxBufferSize = LongestRecord,
    };
}
