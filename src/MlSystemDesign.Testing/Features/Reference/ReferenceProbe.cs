using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>A custom aggregate that tells everything it was shown apart: a checksum of times, values, equal codes and the cutoff.</summary>
internal sealed class ReferenceProbe(AggregateInput input) : IWindowAggregate
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<AggregateInput, ReferenceProbe> Instances = new();

    /// <summary>Returns the one probe of an input: a plan refuses two aggregates of one name.</summary>
    internal static ReferenceProbe Of(AggregateInput input) => Instances.GetOrAdd(input, i => new ReferenceProbe(i));

    public string Name => "probe_" + input.ToString().ToLowerInvariant();

    public string Kind => "testing.probe";

    public AggregateTraits Traits => new(input, true, ColumnKind.Number, -1, false, AggregateUnit.None);

    public double Compute(in WindowFacts facts)
    {
        if (facts.EventTicks.IsEmpty)
        {
            return -1;
        }

        ulong sum = 14695981039346656037 ^ (ulong)facts.CutoffTicks;
        List<int> seen = [];
        for (int i = 0; i < facts.EventTicks.Length; i++)
        {
            sum = Mix(sum, facts.EventTicks[i]);
            sum = facts.Values.IsEmpty ? sum : Mix(sum, BitConverter.DoubleToInt64Bits(double.IsNaN(facts.Values[i]) ? double.NaN : facts.Values[i] + 0.0));
            if (!facts.Codes.IsEmpty)
            {
                int code = facts.Codes[i];
                seen.AddRange(code < 0 || seen.Contains(code) ? [] : [code]);
                sum = Mix(sum, seen.IndexOf(code));
            }
        }

        return sum >> 12;
    }

    private static ulong Mix(ulong sum, long value) => (sum ^ (ulong)value) * 1099511628211;
}
