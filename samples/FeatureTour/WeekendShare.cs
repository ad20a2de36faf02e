using MlSystemDesign;
using MlSystemDesign.Features;

namespace FeatureTour;

/// <summary>An aggregate of the host's own: the share of events on Saturdays and Sundays in UTC; missing for nothing.</summary>
//// features
internal sealed record WeekendShare : IWindowAggregate
{
    public string Name => "weekend_share";
    public string Kind => "tour.weekend-share";
    public AggregateTraits Traits => new(AggregateInput.Events, HasWindow: true, ColumnKind.Number, double.NaN, IsInvertible: false, AggregateUnit.Share);

    public double Compute(in WindowFacts facts)
    {
        int weekend = 0;
        foreach (long ticks in facts.EventTicks)
        {
            weekend += new DateTime(ticks).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        }

        return (double)weekend / facts.EventTicks.Length; // 0 / 0 is NaN: missing
    }
}
//// end
