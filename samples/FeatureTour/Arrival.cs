using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>A recorded fact on its way to the online engine, or the word that it no longer holds.</summary>
/// <param name="Facts">The table that it stands in.</param>
/// <param name="Entity">Whose it is.</param>
/// <param name="Source">The position of the source.</param>
/// <param name="Row">Where it stands in the table.</param>
/// <param name="Ends">Whether this says that it no longer holds.</param>
/// <param name="Number">Which fact, for what says that it no longer holds.</param>
internal readonly record struct Arrival(FactTable Facts, EntityKey Entity, int Source, int Row, bool Ends, long Number)
{
    /// <summary>Gets when the engine gets to know it, in UTC ticks.</summary>
    public long Known => Ends ? Facts.SupersededTickAt(Row) : Facts.KnownTickAt(Row);

    /// <summary>Lists everything that a history recorded, in the order in which it became known.</summary>
    public static Arrival[] Of(IHistory history)
    {
        List<Arrival> arrivals = [];
        foreach (EntityKey entity in history.EntitiesKnownBefore(DateTimeOffset.MaxValue))
        {
            IReadOnlyList<FactTable> sources = history.LookAhead.ReadAll(entity).Sources;
            for (int s = 0; s < sources.Count; s++)
            {
                for (int row = 0; row < sources[s].Count; row++)
                {
                    Arrival arrival = new(sources[s], entity, s, row, false, arrivals.Count);
                    arrivals.Add(arrival);
                    if (sources[s].SupersededTickAt(row) < long.MaxValue)
                    {
                        arrivals.Add(arrival with { Ends = true });
                    }
                }
            }
        }

        return [.. arrivals.OrderBy(a => a.Known)];
    }

    /// <summary>Hands it to an engine.</summary>
    public void AddTo(OnlineFeatures engine, double[] numbers, string?[] categories)
    {
        SourceSchema schema = Facts.Schema;
        int n = 0, c = 0;
        for (int column = 0; column < schema.Columns.Count; column++)
        {
            if (schema.Columns[column].Kind == ColumnKind.Number)
            {
                numbers[n++] = Facts.Numbers(column)[Row];
            }
            else
            {
                int code = Facts.Codes(column)[Row];
                categories[c++] = code < 0 ? null : Facts.Levels[column]![code];
            }
        }

        bool isCorrected = Facts.SupersededTickAt(Row) < long.MaxValue;
        engine.Add(Source, new FactRow
        {
            Entity = Entity,
            Time = Facts.EventTime(Row),
            KnownTime = schema.HasKnownTime ? new DateTimeOffset(Known, TimeSpan.Zero) : default,
            Sequence = schema.HasSequence ? Facts.Sequence.Span[Row] : 0,
            EventKey = isCorrected ? Number : default(EntityKey),
            IsRetraction = Ends,
            Numbers = numbers.AsSpan(0, n),
            Categories = categories.AsSpan(0, c),
        });
    }
}
