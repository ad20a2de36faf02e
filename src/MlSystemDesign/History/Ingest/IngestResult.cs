namespace MlSystemDesign.History;

/// <summary>A history and the account of how it came about.</summary>
/// <param name="History">The history.</param>
/// <param name="Report">What was read, left out and assumed.</param>
public sealed record IngestResult(InMemoryHistory History, IngestReport Report);
