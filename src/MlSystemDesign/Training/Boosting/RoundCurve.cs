namespace MlSystemDesign.Training.Boosting;

/// <summary>A measure by round, its best round, and when to stop looking for a better one.</summary>
/// <remarks>
/// An objective such as F1, or a value or a cost at a break-even, is the same after each round until the first row crosses its threshold. Over such a start it says nothing, so there
/// the loss leads: it chooses the round, and is what patience waits for. Patience with the objective counts from where that first moves.
/// </remarks>
internal sealed class RoundCurve(int patience, bool higherIsBetter = false)
{
    private readonly List<double> _values = [];
    private double _first = double.NaN, _leastLoss;
    private int _flat, _measuredFlat;
    private bool _moved;

    public int Rounds => _values.Count;

    /// <summary>The first round (from 1) with the best value, the first of least loss where several of a flat start have it; 0 before any.</summary>
    public int BestRound { get; private set; }

    /// <summary>Of how many first rounds the loss has chosen the best one, since the measure was the same after each of them; 0 where the measure has chosen.</summary>
    public int ChosenByLoss => BestRound <= _flat && _measuredFlat > 1 ? _flat : 0;

    /// <summary>Adds the values after the next round.</summary>
    /// <param name="value">The measure; NaN where there is none, which is never the best.</param>
    /// <param name="loss">The loss, which may be the measure itself.</param>
    /// <returns>Whether as many rounds as the patience have passed since the best one.</returns>
    public bool Add(double value, double loss)
    {
        _values.Add(value);
        if (!double.IsNaN(value))
        {
            _first = BestRound == 0 ? value : _first;
            _moved = _moved || value != _first;
            if (_moved ? IsBetter(value) : AddFlat(loss))
            {
                BestRound = _values.Count;
            }
        }

        return _values.Count - Math.Max(BestRound, _moved ? _flat : 0) >= patience;
    }

    public double[] ToArray() => [.. _values];

    private bool AddFlat(double loss)
    {
        _flat = _values.Count;
        _measuredFlat++;
        bool best = BestRound == 0 || loss < _leastLoss;
        _leastLoss = best ? loss : _leastLoss;
        return best;
    }

    private bool IsBetter(double value) => higherIsBetter ? value > _values[BestRound - 1] : value < _values[BestRound - 1];
}
