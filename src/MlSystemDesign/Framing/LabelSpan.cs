namespace MlSystemDesign.Framing;

/// <summary>Arithmetic of label windows at the edges of representable time.</summary>
internal static class LabelSpan
{
    /// <summary>Tells whether the whole label window of a cutoff was observed, so that its outcome can be told.</summary>
    internal static bool IsObserved(long cutoff, IProblemFrame frame, TimeWindow observed)
    {
        Int128 start = (Int128)cutoff + frame.LeadTime.Ticks;
        return start >= observed.Start.UtcTicks && start + frame.Horizon.Ticks <= observed.End.UtcTicks;
    }
}
