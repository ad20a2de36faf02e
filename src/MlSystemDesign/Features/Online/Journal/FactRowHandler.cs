namespace MlSystemDesign.Features;

/// <summary>Takes one row of a journal.</summary>
/// <param name="source">The position of its source in the schema.</param>
/// <param name="row">The row; its spans are valid until the handler returns, its texts and keys for ever.</param>
public delegate void FactRowHandler(int source, in FactRow row);
