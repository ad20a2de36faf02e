using System.Text.Json;
using System.Text.Json.Serialization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Training;

/// <summary>Saves a Platt calibrator: slope and intercept.</summary>
internal sealed class PlattCalibratorCodec : IArtifactCodec
{
    public string Kind => PlattCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        PlattCalibrator platt = (PlattCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new PlattDto(platt.Slope, platt.Intercept), CalibratorJson.Default.PlattDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        PlattDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.PlattDto);
        return TrainingPayload.Checked(Kind, () => new PlattCalibrator(dto.Slope, dto.Intercept));
    }
}

/// <summary>Saves an isotonic calibrator: the knots of its curve.</summary>
internal sealed class IsotonicCalibratorCodec : IArtifactCodec
{
    public string Kind => IsotonicCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        IsotonicCalibrator isotonic = (IsotonicCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
            new IsotonicDto(isotonic.Scores.ToArray(), isotonic.Probabilities.ToArray()), CalibratorJson.Default.IsotonicDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        IsotonicDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.IsotonicDto);
        return TrainingPayload.Checked(Kind, () => new IsotonicCalibrator(dto.Scores, dto.Probabilities));
    }
}

/// <summary>Saves a calibrator that has nothing but its kind.</summary>
internal sealed class PlainCalibratorCodec(string kind, Func<ICalibrator> create) : IArtifactCodec
{
    public string Kind => kind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload([]);

    public IArtifactPart Read(IArtifactReader reader)
    {
        TrainingPayload.RequireEmpty(reader, Kind);
        return create();
    }
}

/// <summary>Saves a beta calibrator: its three numbers.</summary>
internal sealed class BetaCalibratorCodec : IArtifactCodec
{
    public string Kind => BetaCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        BetaCalibrator beta = (BetaCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new BetaDto(beta.A, beta.B, beta.C), CalibratorJson.Default.BetaDto));
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        BetaDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.BetaDto);
        return TrainingPayload.Checked(Kind, () => new BetaCalibrator(dto.A, dto.B, dto.C));
    }
}

/// <summary>Saves a temperature.</summary>
internal sealed class TemperatureCalibratorCodec : IArtifactCodec
{
    public string Kind => TemperatureCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(
        new TemperatureDto(((TemperatureCalibrator)part).Temperature), CalibratorJson.Default.TemperatureDto));

    public IArtifactPart Read(IArtifactReader reader)
    {
        TemperatureDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.TemperatureDto);
        return TrainingPayload.Checked(Kind, () => new TemperatureCalibrator(dto.Temperature));
    }
}

/// <summary>Saves a correction of the prior: both priors, and the inner calibrator as a part of its own kind.</summary>
internal sealed class PriorShiftCalibratorCodec : IArtifactCodec
{
    public string Kind => PriorShiftCalibrator.ArtifactKind;

    public int Version => 1;

    public void Write(IArtifactPart part, IArtifactWriter writer)
    {
        PriorShiftCalibrator shift = (PriorShiftCalibrator)part;
        writer.WritePayload(JsonSerializer.SerializeToUtf8Bytes(new PriorShiftDto(shift.TrainingPrior, shift.DeploymentPrior), CalibratorJson.Default.PriorShiftDto));
        writer.WritePart("inner", shift.Inner);
    }

    public IArtifactPart Read(IArtifactReader reader)
    {
        PriorShiftDto dto = JsonPayload.Read(reader, Kind, CalibratorJson.Default.PriorShiftDto);
        ICalibrator inner = reader.ReadPart<ICalibrator>("inner");
        return TrainingPayload.Checked(Kind, () => new PriorShiftCalibrator(inner, dto.TrainingPrior, dto.DeploymentPrior));
    }
}

internal sealed record PlattDto(double Slope, double Intercept);

internal sealed record IsotonicDto(double[] Scores, double[] Probabilities);

internal sealed record BetaDto(double A, double B, double C);

internal sealed record TemperatureDto(double Temperature);

internal sealed record PriorShiftDto(double TrainingPrior, double DeploymentPrior);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlattDto))]
[JsonSerializable(typeof(BetaDto))]
[JsonSerializable(typeof(TemperatureDto))]
[JsonSerializable(typeof(PriorShiftDto))]
[JsonSerializable(typeof(IsotonicDto))]
internal sealed partial class CalibratorJson : JsonSerializerContext;
