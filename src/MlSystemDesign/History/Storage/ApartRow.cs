namespace MlSystemDesign.History;

/// <summary>A row that became known at another time than it happened.</summary>
/// <param name="Row">The row of the batch.</param>
/// <param name="Known">When it became known, in UTC ticks.</param>
internal readonly record struct ApartRow(int Row, long Known)
{
    private const int OneIn = 8;

    /// <summary>Tells whether so many rows are apart that a column holds their known times better than a list.</summary>
    public static bool AreMany(int apart, int rows) => apart > (rows / OneIn) + 64;
}
