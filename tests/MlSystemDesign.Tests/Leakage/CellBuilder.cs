namespace MlSystemDesign.Tests.Leakage;

/// <summary>A feature builder made of one function per column: a double, a text or null.</summary>
internal sealed class CellBuilder(params (string Name, Func<IHistory, EntityKey, DateTimeOffset, object?> Cell)[] columns) : IFeatureBuilder
{
    public string Kind => "test.cells";

    public FeatureSchema Schema => new(columns.Select(c => new FeatureColumn { Name = c.Name, Kind = ColumnKind.Number }));

    public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FeatureTableBuilder table = new(observations);
        foreach ((string name, Func<IHistory, EntityKey, DateTimeOffset, object?> cell) in columns)
        {
            object?[] values = [.. observations.Select(o => cell(history, o.Entity, o.Cutoff!.Value))];
            if (values.Any(v => v is string))
            {
                table.Category(name, [.. values.Select(v => (string?)v)]);
            }
            else
            {
                table.Number(name, [.. values.Select(v => (double?)v ?? double.NaN)]);
            }
        }

        return ValueTask.FromResult(table.Build());
    }

    internal static double Sum(FactTable facts, Func<int, bool>? use = null)
    {
        double sum = 0;
        for (int i = 0; i < facts.Count; i++)
        {
            sum += use?.Invoke(i) ?? true ? facts.Numbers(0)[i] : 0;
        }

        return sum;
    }
}
