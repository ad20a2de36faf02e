namespace MlSystemDesign.Training.Boosting;

/// <summary>A measure by round, its first best, and when to stop looking for a better one.</summary>
internal sealed class RoundCurve(int patience, bool higherIsBetter = false)
{
    private readonly List<double> _values = [];

    public int Rounds => _values.Count;

    /// <summary>The first round (from 1) with the best value; 0 before any.</summary>
    public int BestRound { get; private set; }

    /// <summary>Adds the value after the next round; NaN where there is none, which is never the best.</summary>
    /// <returns>Whether as many rounds as the patience have passed since the best one.</returns>
    public bool Add(double value)
    {
        _values.Add(value);
        if (!double.IsNaN(value) && (BestRound == 0 || (higherIsBetter ? value > _values[BestRound - 1] : value < _values[BestRound - 1])))
        {
            BestRound = _values.Count;
        }

        return _values.Count - BestRound >= patience;
    }

    public double[] ToArray() => [.. _values];
}
