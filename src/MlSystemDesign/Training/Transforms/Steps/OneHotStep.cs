namespace MlSystemDesign.Training;

/// <summary>Gives a 0/1 column per kept level.</summary>
internal sealed record OneHotStep(CategoryStep Levels) : ColumnStep(Levels.Column)
{
    internal override IEnumerable<(string Name, string What)> Names(FeatureColumn source) => Levels.Names(source);

    internal override IEnumerable<double[]> Encode(FeatureTable rows) => Levels.Encode(rows.Codes(Column).ToArray());

    internal override bool Fits(FeatureSchema input) => IsColumn(input, ColumnKind.Category) && Levels.Column == Column && Levels.Fits(input);
}
