using System.Globalization;
using System.Text;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>A host's own aggregate: the share of values above a limit; missing for nothing.</summary>
internal sealed record ShareAbove(double Limit) : IWindowAggregate
{
    public string Kind => "test.share-above";

    public string Name => string.Create(CultureInfo.InvariantCulture, $"share_above_{Limit:R}");

    public AggregateTraits Traits { get; init; } = new(AggregateInput.Number, true, ColumnKind.Number, double.NaN, false, AggregateUnit.Share);

    public double Compute(in WindowFacts facts)
    {
        int values = 0, above = 0;
        foreach (double value in facts.Values)
        {
            values += double.IsNaN(value) ? 0 : 1;
            above += value > Limit ? 1 : 0;
        }

        return (double)above / values;
    }

    internal sealed class Codec : IArtifactCodec
    {
        public string Kind => "test.share-above";

        public int Version => 1;

        public void Write(IArtifactPart part, IArtifactWriter writer) => writer.WritePayload(Encoding.UTF8.GetBytes(((ShareAbove)part).Limit.ToString("R", CultureInfo.InvariantCulture)));

        public IArtifactPart Read(IArtifactReader reader) => new ShareAbove(double.Parse(Encoding.UTF8.GetString(reader.Payload.Span), CultureInfo.InvariantCulture));
    }
}
