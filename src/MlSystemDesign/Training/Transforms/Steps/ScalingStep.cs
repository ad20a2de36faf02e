namespace MlSystemDesign.Training;

/// <summary>Moves and scales numbers; missing stays missing.</summary>
internal sealed record ScalingStep(int Column, double Centre, double Scale) : ColumnStep(Column)
{
    internal override IEnumerable<(string Name, string What)> Names(FeatureColumn source)
    {
        yield return (source.Name, "scaled value");
    }

    internal override IEnumerable<double[]> Encode(FeatureTable rows)
    {
        yield return Array.ConvertAll(rows.Numbers(Column).ToArray(), value => (value - Centre) / Scale);
    }

    internal override bool Fits(FeatureSchema input) => IsColumn(input, ColumnKind.Number) && double.IsFinite(Centre) && double.IsFinite(Scale) && Scale > 0;
}
