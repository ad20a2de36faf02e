using MlSystemDesign.History;
using MlSystemDesign.Parquet.Files;

namespace MlSystemDesign.Parquet;

/// <summary>The sources of a history as Parquet files, to be read as often as a build needs it.</summary>
/// <remarks>Takes what <see cref="ParquetHistoryBuilderExtensions"/> takes. A folder stands for the files "*.parquet" in it and below it, listed when it is added. Not safe for concurrent use
/// while sources are added.</remarks>
/// <example><code>
/// ParquetSources sources = new ParquetSources()
///     .AddEvents("orders", ["orders-2025", "orders-2026.parquet"], m => m.Entity("customer_id").Time("at").Number("amount", "EUR"))
///     .AddAttributes("customers", ["customers.parquet"], m => m.Entity("id").Category("plan"));
/// </code></example>
public sealed class ParquetSources
{
    private readonly List<Source> _sources = [];

    /// <summary>Gets the files of all sources, in the order in which they were added.</summary>
    public IReadOnlyList<string> Files => [.. _sources.SelectMany(source => source.Files)];

    /// <summary>Adds events.</summary>
    /// <param name="source">The source's name, such as "orders".</param>
    /// <param name="paths">Files or folders, the parts of one source; their order changes no bit, and neither does it whether an entity's rows are in one of them or in all.</param>
    /// <param name="map">Says which column holds what.</param>
    /// <exception cref="ArgumentException">There is no path, or a folder without Parquet files.</exception>
    public ParquetSources AddEvents(string source, IEnumerable<string> paths, Action<ColumnarMapping> map) => Add(source, SourceKind.Events, paths, map);

    /// <summary>Adds attributes.</summary>
    /// <param name="source">The source's name, such as "customers".</param>
    /// <param name="paths">Files or folders, the parts of one source.</param>
    /// <param name="map">Says which column holds what; without a time the rows hold from the beginning of time.</param>
    /// <exception cref="ArgumentException">There is no path, or a folder without Parquet files.</exception>
    public ParquetSources AddAttributes(string source, IEnumerable<string> paths, Action<ColumnarMapping> map) => Add(source, SourceKind.Attributes, paths, map);

    /// <summary>Returns a builder with all sources, which reads the files when it builds.</summary>
    public HistoryBuilder ToBuilder()
    {
        HistoryBuilder builder = new();
        foreach (Source source in _sources)
        {
            _ = source.Kind == SourceKind.Events
                ? builder.AddEventsFromParquet(source.Name, source.Files, source.Map)
                : builder.AddAttributesFromParquet(source.Name, source.Files, source.Map);
        }

        return builder;
    }

    /// <summary>Says what is read as what. Equal words and equal files, equal facts; of code in a mapping they only say that it is there.</summary>
    internal IEnumerable<(string Source, string Words)> Describe() =>
        _sources.Select(s => (s.Name, $"{s.Kind} {string.Join(' ', ColumnarMapping.Of(s.Map).Declared)} from {string.Join('|', s.Files.Select(Path.GetFullPath))}"));

    /// <summary>Reads the footers.</summary>
    internal async Task<SourceSizes> MeasureAsync(CancellationToken cancellationToken)
    {
        SourceSizes sizes = default;
        foreach (Source source in _sources)
        {
            ColumnarMapping mapping = ColumnarMapping.Of(source.Map);
            foreach (string path in source.Files)
            {
                using ParquetFile file = await ParquetFile.OpenAsync(ParquetInput.Of(path), cancellationToken).ConfigureAwait(false);
                foreach (long rows in file.RowCounts())
                {
                    sizes = sizes.With(rows, mapping.BytesPerRow, mapping.HasEventKey);
                }
            }
        }

        return sizes;
    }

    private static string[] FilesOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.GetFiles(path, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new ArgumentException($"A folder must hold Parquet files. Got none in '{path}'. Check the path, or name the files.", nameof(path));
    }

    private ParquetSources Add(string source, SourceKind kind, IEnumerable<string> paths, Action<ColumnarMapping> map)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(map);
        string[] files = [.. paths.SelectMany(FilesOf)];
        if (files.Length == 0)
        {
            throw new ArgumentException("A source must have at least one file. Got none. List the files, or leave the source out.", nameof(paths));
        }

        _sources.Add(new Source(source, kind, files, map));
        return this;
    }

    private sealed record Source(string Name, SourceKind Kind, string[] Files, Action<ColumnarMapping> Map);
}
