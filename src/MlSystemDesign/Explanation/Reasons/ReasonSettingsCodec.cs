using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Explanation;

/// <summary>Saves how a system explains its decisions: the words, and the background with its columns.</summary>
internal sealed class ReasonSettingsCodec : IArtifactCodec
{
    public string Kind => ReasonSettings.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        ReasonSettings settings = (ReasonSettings)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new ReasonSettingsDto(settings.Most, ReasonTemplatesDto.Of(settings.Templates), settings.Background is { } rows ? BackgroundDto.Of(rows) : null), ReasonSettingsJson.Default.ReasonSettingsDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        ReasonSettingsDto dto = JsonPayload.Read(reader, Kind, ReasonSettingsJson.Default.ReasonSettingsDto);
        try
        {
            return new ReasonSettings(dto.Templates.ToTemplates(), dto.Most, dto.Background?.ToTable());
        }
        catch (Exception e) when (e is ArgumentException or PlanException or JsonException)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }
}

internal sealed record ReasonSettingsDto(int Most, ReasonTemplatesDto Templates, BackgroundDto? Background = null);

/// <summary>Rows without their entities.</summary>
internal sealed record BackgroundDto(int Rows, IReadOnlyList<ColumnDto> Schema, IReadOnlyList<double[]> Numbers, IReadOnlyList<int[]> Codes)
{
    internal static BackgroundDto Of(FeatureTable table)
    {
        int[] columns = [.. Enumerable.Range(0, table.Schema.Count)];
        return new(
            table.RowCount,
            [.. table.Schema.Select(ColumnDto.Of)],
            [.. columns.Select(c => table.Schema[c].Kind == ColumnKind.Number ? table.Numbers(c).ToArray() : [])],
            [.. columns.Select(c => table.Schema[c].Kind == ColumnKind.Category ? table.Codes(c).ToArray() : [])]);
    }

    /// <summary>The rows.</summary>
    /// <exception cref="JsonException">The columns are not there, or do not have as many values as there are rows. Nothing of the size that is claimed was allocated.</exception>
    internal FeatureTable ToTable()
    {
        if (Schema.Count == 0 || Numbers.Count != Schema.Count || Codes.Count != Schema.Count || Enumerable.Range(0, Schema.Count).Any(c => !IsWhole(c)))
        {
            throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"a background of {Rows} rows needs columns with as many values each"));
        }

        return Table();
    }

    private bool IsWhole(int column) => Schema[column] is { } about && Numbers[column] is { } numbers && Codes[column] is { } codes
        && (numbers.Length, codes.Length) == (about.Kind == ColumnKind.Number ? (Rows, 0) : (0, Rows));

    private FeatureTable Table() => new(
        ObservationSet.WithoutTime(Enumerable.Range(0, Rows).Select(i => new EntityKey((long)i))),
        new FeatureSchema(Schema.Select(c => c.ToColumn())),
        [.. Numbers.Select(n => (ReadOnlyMemory<double>)n)],
        [.. Codes.Select(c => (ReadOnlyMemory<int>)c)]);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReasonSettingsDto))]
internal sealed partial class ReasonSettingsJson : JsonSerializerContext;
