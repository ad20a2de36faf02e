using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a linear predictor: its numbers as JSON, the transform as a part of its own kind.</summary>
internal sealed class LinearPredictorCodec : IArtifactCodec
{
    public string Kind => LinearPredictor.ArtifactKind;

    public int Version => 2;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        LinearPredictor linear = (LinearPredictor)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new LinearDto(linear.Intercept, linear.Coefficients.ToArray(), linear.StandardErrors.ToArray()), LinearJson.Default.LinearDto));
        writer.WritePart("transform", linear.Transform);
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        LinearDto dto = JsonPayload.Read(reader, Kind, LinearJson.Default.LinearDto);
        IFittedTransform transform = reader.ReadPart<IFittedTransform>("transform");
        return TrainingPayload.Checked(Kind, () => new LinearPredictor(transform, dto.Intercept, dto.Coefficients, dto.StandardErrors));
    }
}

// Version 1 had no standard errors.
internal sealed record LinearDto(double Intercept, double[] Coefficients, double[]? StandardErrors = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LinearDto))]
internal sealed partial class LinearJson : JsonSerializerContext;
