namespace MlSystemDesign.Training;

/// <summary>Gives a number per level: its place in an order, or a statistic of the target.</summary>
/// <param name="Column">The position of the column in the input.</param>
/// <param name="What">What the number says.</param>
/// <param name="Values">One number per level; NaN is missing.</param>
/// <param name="Missing">The number of a missing or unseen level.</param>
internal sealed record LevelValueStep(int Column, string What, double[] Values, double Missing) : ColumnStep(Column)
{
    internal override IEnumerable<(string Name, string What)> Names(FeatureColumn source)
    {
        yield return (source.Name, What);
    }

    internal override IEnumerable<double[]> Encode(FeatureTable rows)
    {
        yield return Array.ConvertAll(rows.Codes(Column).ToArray(), code => code < 0 ? Missing : Values[code]);
    }

    internal override bool Fits(FeatureSchema input) => IsColumn(input, ColumnKind.Category) && Values.Length == input[Column].Levels.Count
        && !double.IsInfinity(Missing) && !Values.Any(double.IsInfinity);
}
