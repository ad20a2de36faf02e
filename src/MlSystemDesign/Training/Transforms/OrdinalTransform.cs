namespace MlSystemDesign.Training;

/// <summary>Replaces category columns by the place of their level in an order, from 0; missing and unseen levels become missing.</summary>
/// <remarks>A stated order is used as it is; the other columns are ordered by the text of the levels that training rows have (ordinally). Number columns pass.</remarks>
/// <param name="orders">The levels of some columns, lowest first; a level that is not among them becomes missing.</param>
public sealed class OrdinalTransform(IReadOnlyDictionary<string, IReadOnlyList<string>>? orders = null) : IFeatureTransform
{
    /// <inheritdoc/>
    /// <exception cref="TrainingException">An order is stated for a column that is not there, or holds numbers.</exception>
    public IFittedTransform Fit(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureTable table = training.Features;
        foreach (string name in orders?.Keys ?? [])
        {
            if (table.Schema.IndexOf(name) is var c && (c < 0 || table.Schema[c].Kind != ColumnKind.Category))
            {
                throw new TrainingException($"An order must be stated for a category column of the table. Got '{name}', which {(c < 0 ? "is not there" : "holds numbers")}. Name a category column.");
            }
        }

        return new FittedColumnTransform(table.Schema, [.. Enumerable.Range(0, table.Schema.Count)
            .Where(c => table.Schema[c].Kind == ColumnKind.Category)
            .Select(c => new LevelValueStep(c, "place in the order", Places(table, c), double.NaN))]);
    }

    private double[] Places(FeatureTable table, int column)
    {
        FeatureColumn source = table.Schema[column];
        IReadOnlyList<string> order = orders is not null && orders.TryGetValue(source.Name, out IReadOnlyList<string>? stated)
            ? stated
            : [.. table.Codes(column).ToArray().Where(code => code >= 0).Distinct().Select(code => source.Levels[code]).Order(StringComparer.Ordinal)];
        double[] places = new double[source.Levels.Count];
        Array.Fill(places, double.NaN);
        for (int place = 0; place < order.Count; place++)
        {
            if (source.CodeOf(order[place]) is >= 0 and int code)
            {
                places[code] = place;
            }
        }

        return places;
    }
}
