namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Which of the two clocks of a fact a column holds.</summary>
internal enum TimeRole
{
    /// <summary>When it happened.</summary>
    Event,

    /// <summary>When it could be known.</summary>
    Known,
}
