using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Decisions;

/// <summary>Saves a <see cref="BudgetedPolicy"/>: its options as JSON.</summary>
internal sealed class BudgetedPolicyCodec : IArtifactCodec
{
    public string Kind => BudgetedPolicy.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        BudgetedPolicyOptions options = ((BudgetedPolicy)part).Options;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new BudgetedPolicyDto(options.MinimumExpectedValue is { } minimum ? MoneyDto.Of(minimum) : null), BudgetedPolicyJson.Default.BudgetedPolicyDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        BudgetedPolicyDto dto = JsonPayload.Read(reader, Kind, BudgetedPolicyJson.Default.BudgetedPolicyDto);
        try
        {
            return new BudgetedPolicy(new BudgetedPolicyOptions { MinimumExpectedValue = dto.MinimumExpectedValue?.ToMoney() });
        }
        catch (ArgumentException e)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }
}

/// <summary>The stored form of a <see cref="BudgetedPolicy"/>.</summary>
internal sealed record BudgetedPolicyDto(MoneyDto? MinimumExpectedValue);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BudgetedPolicyDto))]
internal sealed partial class BudgetedPolicyJson : JsonSerializerContext;
