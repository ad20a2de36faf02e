namespace MlSystemDesign.Training.Boosting;

/// <summary>How the number of rounds is looked for.</summary>
/// <param name="MaxRounds">The most rounds.</param>
/// <param name="Patience">How many rounds without a better one end the search.</param>
/// <param name="Interval">The held-out rows are measured every so many rounds, and after the last one. At most the patience.</param>
internal readonly record struct RoundSearch(int MaxRounds, int Patience, int Interval = 1)
{
    /// <summary>Whether the held-out rows are measured after a round, counted from 1.</summary>
    public bool Measures(int round) => round % Interval == 0 || round == MaxRounds;
}
