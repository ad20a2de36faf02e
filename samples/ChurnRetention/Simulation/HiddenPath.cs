namespace ChurnRetention.Simulation;

/// <summary>The states one customer passes through, and when they cancel. Never part of what the business sees.</summary>
public sealed class HiddenPath
{
    private readonly List<long> _starts = [];
    private readonly List<HiddenState> _states = [];

    private HiddenPath(long end) => End = end;

    /// <summary>The path's end in UTC ticks, exclusive: the cancellation if there is one, otherwise the end of the simulation.</summary>
    public long End { get; private set; }

    /// <summary>The cancellation in UTC ticks, or null if there was none before the end of the simulation.</summary>
    public long? Cancelled { get; private set; }

    /// <summary>Draws a path from <paramref name="start"/> on, stopping at <paramref name="until"/> (UTC ticks).</summary>
    public static HiddenPath Draw(ChurnRates rates, HiddenState state, long start, long until, RandomSource random)
    {
        HiddenPath path = new(until);
        long at = start;
        while (true)
        {
            path._starts.Add(at);
            path._states.Add(state);
            double move = state == HiddenState.Engaged ? rates.Disengage : rates.Reengage;
            double total = move + rates.Hazard(state);
            double days = random.NextExponential(total);
            bool cancels = random.NextUniform() * total >= move;
            if (days * TimeSpan.TicksPerDay >= until - at)
            {
                return path;
            }

            at += 1 + (long)(days * TimeSpan.TicksPerDay);
            if (at >= until)
            {
                return path;
            }

            if (cancels)
            {
                path.Cancelled = at;
                path.End = at;
                return path;
            }

            state = state == HiddenState.Engaged ? HiddenState.Disengaging : HiddenState.Engaged;
        }
    }

    /// <summary>The state just before <paramref name="instant"/> (UTC ticks), for an instant after the start.</summary>
    public HiddenState StateBefore(long instant)
    {
        int i = _starts.Count - 1;
        while (i > 0 && _starts[i] >= instant)
        {
            i--;
        }

        return _states[i];
    }

    /// <summary>The stays in a state as half-open spans of UTC ticks, oldest first.</summary>
    public IEnumerable<(HiddenState State, long Start, long End)> Stays()
    {
        for (int i = 0; i < _starts.Count; i++)
        {
            yield return (_states[i], _starts[i], i + 1 < _starts.Count ? _starts[i + 1] : End);
        }
    }
}
