namespace MlSystemDesign.Parquet.Files;

/// <summary>What the stored bits of a column stand for.</summary>
internal enum ParquetMeaning
{
    /// <summary>Nothing that can be mapped.</summary>
    Unsupported,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating point number of 32 or 64 bits.</summary>
    Floating,

    /// <summary>A floating point number of 16 bits.</summary>
    Half,

    /// <summary>Digits with a scale.</summary>
    Decimal,

    /// <summary>A timestamp or a date.</summary>
    Time,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>A GUID.</summary>
    Guid,
}
