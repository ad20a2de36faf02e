using System.Text.Json;
using MlSystemDesign.Explanation;

namespace MlSystemDesign.Lifecycle;

/// <summary>Saves a trained system: case and facts as JSON; frame, features, model, policy, drift reference and reasons as parts of their own kinds.</summary>
internal sealed class TrainedSystemCodec : IArtifactCodec
{
    public string Kind => TrainedSystem.ArtifactKind;

    // 2: the system may hold how it explains its decisions.
    public int Version => 2;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        TrainedSystem system = (TrainedSystem)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new TrainedSystemDto(
                system.Name,
                BusinessCaseDto.Of(system.Case),
                system.TrainedAt,
                system.CalibrationError,
                system.Confidence,
                new SortedDictionary<string, string>(system.Facts.ToDictionary(), StringComparer.Ordinal),
                system.DriftReference is not null,
                system.Reasons is not null),
            TrainedSystemJson.Default.TrainedSystemDto));
        writer.WritePart("frame", system.Frame);
        writer.WritePart("features", system.Features);
        writer.WritePart("model", system.Model);
        writer.WritePart("policy", system.Policy);
        if (system.DriftReference is { } reference)
        {
            writer.WritePart("drift-reference", reference);
        }

        if (system.Reasons is { } reasons)
        {
            writer.WritePart("reasons", reasons);
        }
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        TrainedSystemDto dto = JsonPayload.Read(reader, Kind, TrainedSystemJson.Default.TrainedSystemDto);
        try
        {
            return new TrainedSystem
            {
                Name = dto.Name,
                Case = dto.Case.ToCase(),
                Frame = reader.ReadPart<IProblemFrame>("frame"),
                Features = reader.ReadPart<IFeatureBuilder>("features"),
                Model = reader.ReadPart<TrainedModel>("model"),
                Policy = reader.ReadPart<IDecisionPolicy>("policy"),
                DriftReference = dto.HasReference ? reader.ReadPart<IDriftReference>("drift-reference") : null,
                Reasons = dto.HasReasons ? reader.ReadPart<ReasonSettings>("reasons") : null,
                TrainedAt = dto.TrainedAt,
                CalibrationError = dto.CalibrationError,
                Confidence = dto.Confidence,
                Facts = dto.Facts,
            };
        }
        catch (ArgumentException e)
        {
            throw JsonPayload.Malformed(Kind, e.Message, e);
        }
    }
}
