using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>What the values of a stored table mean: the part of its schema that columns of a file cannot say, kept as JSON in the file's metadata.</summary>
internal sealed record FeatureTableHeader
{
    /// <summary>The name under which the metadata holds it.</summary>
    public const string MetadataKey = "mlsystemdesign.feature_table";

    private const int Current = 1;

    public int Version { get; init; } = Current;

    public required string EntityColumn { get; init; }

    public required EntityForm EntityForm { get; init; }

    /// <summary>Gets the column of the cutoffs; <see langword="null"/> when the rows have no time.</summary>
    public string? CutoffColumn { get; init; }

    public required IReadOnlyList<FeatureColumnHeader> Columns { get; init; }

    public static FeatureTableHeader Of(FeatureTable table)
    {
        ReadOnlySpan<EntityKey> entities = table.Observations.Entities;
        EntityKeyKind? kind = entities.IsEmpty ? EntityKeyKind.Text : entities[0].Kind;
        foreach (EntityKey entity in entities)
        {
            kind = entity.Kind == kind ? kind : null;
        }

        string entityColumn = Free("entity", table.Schema);
        return new FeatureTableHeader
        {
            EntityColumn = entityColumn,
            EntityForm = kind switch
            {
                EntityKeyKind.Text => EntityForm.Text,
                EntityKeyKind.Integer => EntityForm.Integer,
                EntityKeyKind.Guid => EntityForm.Guid,
                _ => EntityForm.Canonical,
            },
            CutoffColumn = table.Observations.HasCutoffs ? Free("cutoff", table.Schema) : null,
            Columns = [.. table.Schema.Select(FeatureColumnHeader.Of)],
        };
    }

    /// <summary>Reads the header from the metadata of a file.</summary>
    /// <exception cref="DataFormatException">There is none, or a newer one.</exception>
    public static FeatureTableHeader Parse(IReadOnlyDictionary<string, string> metadata, string name)
    {
        if (!metadata.TryGetValue(MetadataKey, out string? json))
        {
            throw new DataFormatException(
                $"A feature table must have its schema in the metadata of the file. Got none in '{name}'. Read files of others with FeatureTableBuilder, or write the table with WriteParquet.");
        }

        FeatureTableHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(json, FeatureTableJson.Default.FeatureTableHeader);
        }
        catch (JsonException fault)
        {
            throw Unreadable("broken JSON", name, fault);
        }

        return header switch
        {
            null => throw Unreadable("nothing", name, null),
            { Version: > Current } => throw Unreadable($"version {header.Version}, where this package knows {Current}", name, null),
            _ => header,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, FeatureTableJson.Default.FeatureTableHeader);

    private static DataFormatException Unreadable(string came, string name, Exception? cause) => new(
        $"The schema of a feature table must be readable. Got {came} in the metadata of '{name}'. Write the table again, or read it with the package that wrote it.", innerException: cause);

    private static string Free(string name, FeatureSchema schema)
    {
        while (schema.IndexOf(name) >= 0)
        {
            name = "_" + name;
        }

        return name;
    }
}

/// <summary>Writes headers without reflection, with NaN as a value for nothing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeatureTableHeader))]
internal sealed partial class FeatureTableJson : JsonSerializerContext;
