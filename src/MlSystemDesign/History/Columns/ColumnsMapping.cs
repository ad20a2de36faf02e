namespace MlSystemDesign.History;

/// <summary>Says of a source that comes in <see cref="FactColumns"/> what holds for it as a whole: delay, observed span, zone, bad rows. The columns name themselves.</summary>
public sealed class ColumnsMapping : SourceMapping<ColumnsMapping>
{
    internal ColumnsMapping()
    {
    }
}
