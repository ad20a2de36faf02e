namespace MlSystemDesign.Testing.Features;

/// <summary>One event as the tests see it: who, when, known when, how much, of what kind.</summary>
internal sealed record Activity(string Who, long At, long Known, double Amount, string? Kind, int Sequence)
{
    /// <summary>Gets which event it is a version of, in a world of revisions.</summary>
    internal string? Key { get; init; }

    /// <summary>Gets a value indicating whether it says that the event of its key did not happen.</summary>
    internal bool IsRetraction { get; init; }

    internal DateTimeOffset Time => new(At, TimeSpan.Zero);

    internal DateTimeOffset KnownTime => new(Known, TimeSpan.Zero);
}
