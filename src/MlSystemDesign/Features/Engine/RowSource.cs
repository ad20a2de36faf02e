namespace MlSystemDesign.Features;

/// <summary>Feeds the rows of a build to a scan, group by group. Safe for concurrent use, each group once.</summary>
internal abstract class RowSource
{
    /// <summary>Groups that a thread takes at once: between two looks at the cancellation.</summary>
    internal const int GroupsPerStep = 128;

    /// <summary>Gets the number of groups.</summary>
    internal abstract int Count { get; }

    /// <summary>Computes and writes the rows of some groups.</summary>
    /// <returns>How many rows they have.</returns>
    internal abstract int Compute(int first, int until, RowScan scan);
}
