using System.Globalization;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>Takes the value out of a key of a known kind.</summary>
internal static class EntityValue
{
    public static long Integer(EntityKey key) => long.Parse(key.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static Guid Guid(EntityKey key) => System.Guid.ParseExact(key.ToString(), "D");
}
