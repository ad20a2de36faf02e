namespace MlSystemDesign.Features;

/// <summary>Tells whether to retain one row of a journal.</summary>
/// <param name="source">The position of its source in the schema.</param>
/// <param name="row">The row; its spans are valid until the filter returns.</param>
/// <returns>Whether the row stays.</returns>
public delegate bool FactRowFilter(int source, in FactRow row);
