using MlSystemDesign.History;
using MlSystemDesign.Parquet.Blocks;
using Parquet;
using Parquet.Meta;

namespace MlSystemDesign.Parquet.Files;

/// <summary>An open Parquet file, read row group by row group.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly ParquetReader _reader;
    private readonly Stream? _owned;

    private ParquetFile(ParquetReader reader, string name, Stream? owned)
    {
        _reader = reader;
        _owned = owned;
        Name = name;
        Columns = [.. TopLevel(reader.Metadata!.Schema).Select(element => new ParquetColumn(element))];
        ColumnNames = [.. Columns.Select(column => column.Name)];
    }

    public string Name { get; }

    public IReadOnlyList<ParquetColumn> Columns { get; }

    public IReadOnlyList<string> ColumnNames { get; }

    public IReadOnlyDictionary<string, string> Metadata => _reader.CustomMetadata;

    public int RowGroupCount => _reader.RowGroupCount;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataFormatException">It is empty, truncated, or no Parquet file.</exception>
    public static async Task<ParquetFile> OpenAsync(ParquetInput input, CancellationToken cancellationToken)
    {
        Stream stream = input.Open();
        try
        {
            Stream seekable = stream.CanSeek ? stream : await InMemoryAsync(stream, cancellationToken).ConfigureAwait(false);
            ParquetFaults.RequireWhole(seekable, input.Name);
            ParquetReader reader = await ParquetFaults.TranslateAsync(
                () => ParquetReader.CreateAsync(seekable, leaveStreamOpen: true, cancellationToken: cancellationToken), input.Name, "the footer").ConfigureAwait(false);
            return new ParquetFile(reader, input.Name, input.IsOwned ? stream : null);
        }
        catch when (input.IsOwned)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads a column of a row group.</summary>
    /// <param name="column">The position of the column.</param>
    /// <param name="group">The position of the row group; negative is none: no rows.</param>
    /// <param name="missingTexts">Texts that stand for a missing value; <see langword="null"/> keeps blank ones too.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<ColumnBlock> ReadAsync(int column, int group, IReadOnlySet<string>? missingTexts, CancellationToken cancellationToken) => ParquetFaults.TranslateAsync(
        () => Columns[column].ReadAsync(group < 0 ? null : _reader.OpenRowGroupReader(group), missingTexts, cancellationToken),
        Name,
        $"column '{ColumnNames[column]}'");

    /// <summary>Gets the number of rows of a row group.</summary>
    public int RowCount(int group) => group < 0 ? 0 : checked((int)_reader.OpenRowGroupReader(group).RowCount);

    /// <summary>Gets the number of rows of each row group, from the footer.</summary>
    public IEnumerable<long> RowCounts() => _reader.Metadata!.RowGroups.Select(group => group.NumRows);

    /// <summary>Reads the mapped columns of a row group.</summary>
    public FactColumns Read(int group, ColumnarMapping mapping) => mapping.Read(new RowGroupBlocks(this, group, mapping.MissingTexts));

    public void Dispose() => _owned?.Dispose();

    /// <summary>The schema of a file is a tree, written depth first with the root before all.</summary>
    private static IEnumerable<SchemaElement> TopLevel(List<SchemaElement> schema)
    {
        for (int i = 1; i < schema.Count; i = After(schema, i))
        {
            yield return schema[i];
        }
    }

    private static int After(List<SchemaElement> schema, int i)
    {
        int next = i + 1;
        for (int child = 0; child < (schema[i].NumChildren ?? 0) && next < schema.Count; child++)
        {
            next = After(schema, next);
        }

        return next;
    }

    private static async Task<Stream> InMemoryAsync(Stream stream, CancellationToken cancellationToken)
    {
        MemoryStream copy = new();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy;
    }

    private sealed class RowGroupBlocks(ParquetFile file, int group, IReadOnlySet<string>? missingTexts)
        : BlockSource(file.RowCount(group), file.ColumnNames, $"'{file.Name}'")
    {
        protected override ColumnBlock Read(int column) => file.ReadAsync(column, group, missingTexts, CancellationToken.None).GetAwaiter().GetResult();
    }
}
