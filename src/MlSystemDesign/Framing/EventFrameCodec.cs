using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Framing;

/// <summary>Saves an event frame as JSON.</summary>
internal sealed class EventFrameCodec : IArtifactCodec
{
    public string Kind => EventFrame.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(Write((EventFrame)part));

    public IArtifactPart Read(IArtifactReader reader)
    {
        EventFrameDto dto = JsonPayload.Read(reader, Kind, EventFrameJson.Default.EventFrameDto);
        try
        {
            return dto.ToFrame();
        }
        catch (ArgumentException e)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }

    internal static byte[] Write(EventFrame frame) => JsonSerializer.SerializeToUtf8Bytes(EventFrameDto.Of(frame), EventFrameJson.Default.EventFrameDto);
}

/// <summary>The stored form of a frame.</summary>
internal sealed record EventFrameDto(
    string Name, OutcomeKind Outcome, string Source, FrameFilterDto? Where, TimeSpan Horizon, TimeSpan LeadTime, CutoffGridDto Grid, IReadOnlyList<FrameRuleDto> Rules)
{
    internal static EventFrameDto Of(EventFrame frame) => new(
        frame.Name,
        frame.Outcome,
        frame.Source,
        FrameFilterDto.Of(frame.Where),
        frame.Horizon,
        frame.LeadTime,
        CutoffGridDto.Of(frame.Grid),
        [.. frame.Rules.Select(r => new FrameRuleDto(r.Kind, r.Source, FrameFilterDto.Of(r.Where), r.Span))]);

    internal EventFrame ToFrame()
    {
        EventFrame frame = Outcome == OutcomeKind.Absence
            ? EventFrame.Absence(Name, Source, Horizon, LeadTime, Where?.ToFilter())
            : EventFrame.Presence(Name, Source, Horizon, LeadTime, Where?.ToFilter());
        return frame with { Grid = Grid.ToGrid(), Rules = [.. Rules.Select(r => new FrameRule(r.Kind, r.Source, r.Where?.ToFilter(), r.Span))] };
    }
}

internal sealed record FrameFilterDto(string Column, FilterOperator Operator, string? Category = null, double? Limit = null)
{
    internal static FrameFilterDto? Of(EventFilter? filter) =>
        filter is null ? null : new(filter.Column, filter.Operator, filter.Category, double.IsNaN(filter.Limit) ? null : filter.Limit);

    internal EventFilter ToFilter()
    {
        bool category = Operator is FilterOperator.Is or FilterOperator.IsNot;
        return category == (Category is not null) && category == (Limit is null)
            ? new EventFilter(Column, Operator, Category, Limit ?? double.NaN)
            : throw new ArgumentException($"The filter on '{Column}' must have the value that {Operator} compares with. Got another, or none. Save the frame again.");
    }
}

internal sealed record FrameRuleDto(FrameRuleKind Kind, string Source, FrameFilterDto? Where, TimeSpan Span);

internal sealed record CutoffGridDto(CutoffSpacing Spacing, TimeSpan Step, TimeSpan WarmUp, DateTimeOffset? First, DateTimeOffset? Last, IReadOnlyList<DateTimeOffset> Listed)
{
    internal static CutoffGridDto Of(CutoffGrid grid) => new(grid.Spacing, grid.Step, grid.WarmUp, grid.First, grid.Last, grid.Listed);

    internal CutoffGrid ToGrid()
    {
        CutoffGrid grid = Spacing switch
        {
            CutoffSpacing.Monthly => CutoffGrid.Monthly(),
            CutoffSpacing.Fixed => CutoffGrid.Every(Step),
            _ => CutoffGrid.At(Listed),
        };
        grid = grid.After(WarmUp);
        grid = First is { } first ? grid.From(first) : grid;
        return Last is { } last ? grid.Until(last) : grid;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EventFrameDto))]
internal sealed partial class EventFrameJson : JsonSerializerContext;
