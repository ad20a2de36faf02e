namespace MlSystemDesign.Parquet.Tests.OutOfCore;

/// <summary>Demands equal tables, bit for bit.</summary>
internal static class EqualTables
{
    internal static void Same(FeatureTable one, FeatureTable other)
    {
        one.Observations.Should().Equal(other.Observations);
        one.Schema.Count.Should().Be(other.Schema.Count);
        for (int c = 0; c < other.Schema.Count; c++)
        {
            if (other.Schema[c].Kind == ColumnKind.Number)
            {
                one.Numbers(c).ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(other.Numbers(c).ToArray().Select(BitConverter.DoubleToInt64Bits), other.Schema[c].Name);
            }
            else
            {
                one.Schema[c].Levels.Should().Equal(other.Schema[c].Levels);
                one.Codes(c).ToArray().Should().Equal(other.Codes(c).ToArray());
            }
        }
    }
}
