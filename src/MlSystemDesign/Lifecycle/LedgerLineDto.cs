using System.Text.Json.Serialization;

namespace MlSystemDesign.Lifecycle;

/// <summary>One line of a ledger file.</summary>
/// <remarks>The first line is the header: kind "ledger" and the version of the format. Names and kinds are part of the format.</remarks>
internal sealed record LedgerLineDto
{
    public required string Kind { get; init; }

    public int? Version { get; init; }

    public string? Id { get; init; }

    public long? Entity { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public DateTimeOffset? ArrivalTime { get; init; }

    public string? ModelHash { get; init; }

    public string? PolicyHash { get; init; }

    public string? KpiHash { get; init; }

    public string? Experiment { get; init; }

    public string? Arm { get; init; }

    public double? Propensity { get; init; }

    public double? Prediction { get; init; }

    public string? Action { get; init; }

    public LedgerMoneyDto? ExpectedValue { get; init; }

    public LedgerMoneyDto? Cost { get; init; }

    public double? Outcome { get; init; }
}

/// <summary>An amount of money; <paramref name="Digits"/> are those of the currency's minor unit.</summary>
internal sealed record LedgerMoneyDto(decimal Amount, string Currency, int Digits);

/// <summary>One line of the entity map: the header (Next and Count) or an entity.</summary>
/// <param name="Entity">The canonical key; <see langword="null"/> in the header.</param>
/// <param name="Number">The surrogate number; <see langword="null"/> in the header.</param>
/// <param name="Next">In the header: the first number that was never given away when it was written.</param>
/// <param name="Count">In the header: how many entity lines were written with it; <see langword="null"/> in the older form.</param>
internal sealed record LedgerEntityDto(string? Entity, long? Number, long? Next, long? Count);

/// <summary>Serialisation without reflection: the same text in every culture.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LedgerLineDto))]
[JsonSerializable(typeof(LedgerEntityDto))]
internal sealed partial class LedgerJsonContext : JsonSerializerContext;
