using System.Text.Json.Serialization;

namespace MlSystemDesign.Lifecycle;

/// <summary>The stored form of a business case.</summary>
internal sealed record BusinessCaseDto(
    string Name,
    string Decision,
    string KpiName,
    OutcomeValueDto Value,
    IReadOnlyList<InterventionDto> Interventions,
    MoneyDto? Budget,
    int? Capacity)
{
    internal static BusinessCaseDto Of(BusinessCase @case) => new(
        @case.Name,
        @case.Decision,
        @case.Kpi.Name,
        new OutcomeValueDto(@case.Kpi.Value.FixedAmount is { } amount ? MoneyDto.Of(amount) : null, @case.Kpi.Value.Column, @case.Kpi.Value.Factor, MoneyDto.Of(Money.Zero(@case.Kpi.Currency))),
        [.. @case.Interventions.Select(InterventionDto.Of)],
        @case.Budget is { } budget ? MoneyDto.Of(budget) : null,
        @case.Capacity);

    internal BusinessCase ToCase() => new()
    {
        Name = Name,
        Decision = Decision,
        Kpi = new Kpi(KpiName, Value.FixedAmount is { } amount ? OutcomeValue.Fixed(amount.ToMoney()) : OutcomeValue.PerRow(Value.Column ?? string.Empty, Value.Factor, Value.Currency.ToMoney().Currency)),
        Interventions = [.. Interventions.Select(i => i.ToIntervention())],
        Budget = Budget?.ToMoney(),
        Capacity = Capacity,
    };
}

internal sealed record MoneyDto(decimal Amount, string Currency, int MinorDigits)
{
    // Divided by 1.000… so that 500 and 500.00, which are equal, are written alike.
    internal static MoneyDto Of(Money money) => new(money.Amount / 1.0000000000000000000000000000m, money.Currency.Code, money.Currency.MinorDigits);

    internal Money ToMoney() => new(Amount, new Currency(Currency, MinorDigits));
}

internal sealed record OutcomeValueDto(MoneyDto? FixedAmount, string? Column, double Factor, MoneyDto Currency);

internal sealed record InterventionDto(
    string Name, MoneyDto Cost, double RelativeReduction, double StandardError, string Source, TimeSpan LeadTime, int? Capacity, IReadOnlyList<RuleDto> Eligibility)
{
    internal static InterventionDto Of(Intervention intervention) => new(
        intervention.Name,
        MoneyDto.Of(intervention.Cost),
        intervention.Effect.RelativeReduction,
        intervention.Effect.StandardError,
        intervention.Effect.Source,
        intervention.LeadTime,
        intervention.Capacity,
        [.. intervention.Eligibility.Select(r => new RuleDto(r.Column, r.Operator, r.Limit, r.Category))]);

    internal Intervention ToIntervention() => new()
    {
        Name = Name,
        Cost = Cost.ToMoney(),
        Effect = new EffectEstimate(RelativeReduction, StandardError, Source),
        LeadTime = LeadTime,
        Capacity = Capacity,
        Eligibility = [.. Eligibility.Select(r => r.ToRule())],
    };
}

internal sealed record RuleDto(string Column, RuleOperator Operator, double Limit, string? Category)
{
    internal EligibilityRule ToRule() => Operator switch
    {
        RuleOperator.AtLeast => EligibilityRule.AtLeast(Column, Limit),
        RuleOperator.AtMost => EligibilityRule.AtMost(Column, Limit),
        RuleOperator.Is => EligibilityRule.Is(Column, Category ?? string.Empty),
        _ => EligibilityRule.IsNot(Column, Category ?? string.Empty),
    };
}

/// <summary>The stored form of a trained system, besides its parts.</summary>
internal sealed record TrainedSystemDto(
    string Name, BusinessCaseDto Case, DateTimeOffset TrainedAt, double CalibrationError, double Confidence, SortedDictionary<string, string> Facts, bool HasReference, bool HasReasons = false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainedSystemDto))]
internal sealed partial class TrainedSystemJson : JsonSerializerContext;
