namespace MlSystemDesign.Parquet.Tables;

/// <summary>How a table's entities are stored.</summary>
internal enum EntityForm
{
    /// <summary>Texts as they are.</summary>
    Text,

    /// <summary>64-bit integers.</summary>
    Integer,

    /// <summary>GUIDs.</summary>
    Guid,

    /// <summary>The canonical text of keys that are composite, or of several kinds.</summary>
    Canonical,
}
