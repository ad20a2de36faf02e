namespace MlSystemDesign.Training;

/// <summary>Replaces missing numbers by a value, and tells them by a column of its own.</summary>
internal sealed record ImputationStep(int Column, double Value, bool Indicator) : ColumnStep(Column)
{
    internal override IEnumerable<(string Name, string What)> Names(FeatureColumn source)
    {
        yield return (source.Name, "imputed value");
        if (Indicator)
        {
            yield return (source.Name + " (missing)", "1 where missing");
        }
    }

    internal override IEnumerable<double[]> Encode(FeatureTable rows)
    {
        yield return Array.ConvertAll(rows.Numbers(Column).ToArray(), value => double.IsNaN(value) ? Value : value);
        if (Indicator)
        {
            yield return NumberStep.Missing(rows.Numbers(Column));
        }
    }

    internal override bool Fits(FeatureSchema input) => IsColumn(input, ColumnKind.Number) && double.IsFinite(Value);
}
