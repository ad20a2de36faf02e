namespace MlSystemDesign.Facts;

/// <summary>Where the facts of one entity lie: a run of rows in one block, newest first.</summary>
internal readonly record struct Segment(int Block, int Start, int Count);

/// <summary>One row of one block.</summary>
internal readonly record struct RowRef(int Block, int Row);
