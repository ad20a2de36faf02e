namespace MlSystemDesign.Training.Boosting;

/// <summary>Mean validation loss by round, its first minimum, and when to stop looking for a lower one.</summary>
internal sealed class LossCurve(int patience)
{
    private readonly List<double> _losses = [];

    public int Rounds => _losses.Count;

    /// <summary>The first round (from 1) with the least loss; 0 before any.</summary>
    public int BestRound { get; private set; }

    /// <summary>Adds the loss after the next round.</summary>
    /// <returns>Whether as many rounds as the patience have passed since the best one.</returns>
    public bool Add(double loss)
    {
        _losses.Add(loss);
        if (BestRound == 0 || loss < _losses[BestRound - 1])
        {
            BestRound = _losses.Count;
        }

        return _losses.Count - BestRound >= patience;
    }

    public double[] ToArray() => [.. _losses];
}
