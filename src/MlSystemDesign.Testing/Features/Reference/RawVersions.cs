namespace MlSystemDesign.Testing.Features;

/// <summary>Rows of which several are versions of one event: a revision holds from when it was known, and a retraction says that from then on there is none.</summary>
internal static class RawVersions
{
    /// <summary>Returns the facts with the time from which each is superseded: when the next version of its key was known. Retractions are no facts.</summary>
    /// <remarks>Versions stand in the order of known time, sequence, retractions last, the total order of facts, and entity.</remarks>
    internal static RawFact[] Facts(IEnumerable<(RawFact Row, string Key, bool IsRetraction)> rows) =>
        [.. rows.GroupBy(r => r.Key).SelectMany(versions => Superseded([.. versions]))];

    private static IEnumerable<RawFact> Superseded((RawFact Row, string Key, bool IsRetraction)[] versions)
    {
        Array.Sort(versions, (a, b) => (a.Row.Known, a.Row.Sequence, a.IsRetraction).CompareTo((b.Row.Known, b.Row.Sequence, b.IsRetraction)) is var order and not 0
            ? order
            : RawFact.Compare(a.Row, b.Row) is var facts and not 0 ? facts : string.CompareOrdinal(a.Row.Who, b.Row.Who));
        for (int i = 0; i < versions.Length; i++)
        {
            if (!versions[i].IsRetraction)
            {
                yield return versions[i].Row with { Superseded = i + 1 < versions.Length ? versions[i + 1].Row.Known : long.MaxValue };
            }
        }
    }
}
