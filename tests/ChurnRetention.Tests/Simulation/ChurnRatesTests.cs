using ChurnRetention.Simulation;

namespace ChurnRetention.Tests.Simulation;

public class ChurnRatesTests
{
    // Reference values: scipy.linalg.expm of the 2×2 transient generator, row sums.
    [Theory]
    [InlineData(0.004, 0.006, 0.001, 0.012, 7, 90, 0.18709207694355134, 0.5032010351772989)]
    [InlineData(0.004, 0.006, 0.001, 0.012, 0, 30, 0.04524772818207623, 0.2812898987989868)]
    [InlineData(0.004, 0.006, 0.001, 0.012, 7, 3650, 0.9919994593040904, 0.9209196951356191)]
    [InlineData(0.01, 0.0, 0.002, 0.012, 7, 90, 0.3686890048270026, 0.6071965153871142)]
    [InlineData(0.003, 0.02, 0.0005, 0.05, 7, 90, 0.19310870294050253, 0.4847203106225002)]
    public void CancelProbability_OfKnownRates_EqualsTheMatrixExponential(
        double disengage, double reengage, double engaged, double disengaging,
        int lead, int horizon, double fromEngaged, double fromDisengaging)
    {
        ChurnRates rates = new(disengage, reengage, engaged, disengaging);
        Probability(rates, HiddenState.Engaged, lead, horizon).Should().BeApproximately(fromEngaged, 1e-12);
        Probability(rates, HiddenState.Disengaging, lead, horizon).Should().BeApproximately(fromDisengaging, 1e-12);
    }

    [Fact]
    public void Survival_WithEqualEigenvalues_IsTheErlangLaw()
    {
        // Never cancels while engaged, never returns, both rates r: the time to cancellation is Erlang(2, r).
        ChurnRates rates = new(0.01, 0, 0, 0.01);
        rates.Survival(HiddenState.Engaged, 100).Should().BeApproximately(2 * Math.Exp(-1), 1e-14);
    }

    [Fact]
    public void Survival_OverAVeryLongTime_IsZero() =>
        new ChurnRates(0.004, 0.006, 0.001, 0.012).Survival(HiddenState.Engaged, 1e7).Should().Be(0);

    [Fact]
    public void Hazard_IsTheSlopeOfSurvivalNow()
    {
        ChurnRates rates = new(0.004, 0.006, 0.001, 0.012);
        foreach (HiddenState state in Enum.GetValues<HiddenState>())
        {
            ((1 - rates.Survival(state, 1e-5)) / 1e-5).Should().BeApproximately(rates.Hazard(state), 1e-7);
        }
    }

    [Theory]
    [InlineData(HiddenState.Engaged)]
    [InlineData(HiddenState.Disengaging)]
    public void CancelProbability_AgainstSimulatedPaths_AgreesWithinFourStandardErrors(HiddenState state)
    {
        const int n = 200_000;
        ChurnRates rates = new(0.004, 0.006, 0.001, 0.012);
        long day = TimeSpan.TicksPerDay;
        int cancelled = 0;
        for (int i = 0; i < n; i++)
        {
            HiddenPath path = HiddenPath.Draw(rates, state, 0, 200 * day, new RandomSource(11, 0, i, StreamPurpose.Path));
            cancelled += path.Cancelled >= 7 * day && path.Cancelled < 97 * day ? 1 : 0;
        }

        double p = Probability(rates, state, 7, 90);
        ((double)cancelled / n).Should().BeApproximately(p, 4 * Math.Sqrt(p * (1 - p) / n));
    }

    private static double Probability(ChurnRates rates, HiddenState state, int lead, int horizon) =>
        rates.CancelProbability(state, TimeSpan.FromDays(lead), TimeSpan.FromDays(horizon));
}
