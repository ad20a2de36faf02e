using System.Globalization;

namespace ChurnRetention.Simulation;

/// <summary>One customer with everything that only the simulator knows.</summary>
/// <param name="Profile">What the business knows.</param>
/// <param name="Rates">The hidden chain's rates.</param>
/// <param name="Path">The states passed through, up to <see cref="SimulatorConstants.Now"/>.</param>
/// <param name="SessionsPerDay">Session rate while engaged.</param>
/// <param name="Effects">Relative reduction of the churn probability per action; negative when contact harms.</param>
public sealed record HiddenCustomer(
    SimulatedCustomer Profile, ChurnRates Rates, HiddenPath Path, double SessionsPerDay, IReadOnlyList<double> Effects)
{
    /// <summary>Joined before the cutoff and not cancelled before it.</summary>
    public bool IsAtRisk(long cutoff) => Profile.Joined.UtcTicks < cutoff && !(Path.Cancelled < cutoff);

    /// <summary>P(cancel in the label window | the hidden state at the cutoff, at risk at the cutoff).</summary>
    public double ChurnProbability(long cutoff, TimeSpan lead, TimeSpan horizon) =>
        Rates.CancelProbability(Path.StateBefore(cutoff), lead, horizon);

    /// <summary>The churn probability after contact: p (1 − e), kept in [0, 1].</summary>
    public double TreatedProbability(double probability, ContactAction action) =>
        Math.Clamp(probability * (1 - Effects[(int)action]), 0, 1);
}

/// <summary>Draws customers, each from streams of their own.</summary>
public static class CustomerGenerator
{
    /// <summary>Draws customer number <paramref name="number"/> of a population (0: the business, 1: the pilot).</summary>
    public static HiddenCustomer Draw(int seed, int population, int number)
    {
        RandomSource random = new(seed, population, number, StreamPurpose.Profile);
        long opened = SimulatorConstants.FirstJoin.UtcTicks;
        long joined = opened + (long)(random.NextUniform() * (SimulatorConstants.Now.UtcTicks - opened));
        int plan = random.NextIndex(SimulatorConstants.PlanShares);
        int region = random.NextIndex(SimulatorConstants.RegionShares);
        int channel = random.NextIndex(SimulatorConstants.ChannelShares);
        SimulatedCustomer profile = new(
            string.Create(CultureInfo.InvariantCulture, $"C{number:D5}"),
            new DateTimeOffset(joined, TimeSpan.Zero),
            SimulatorConstants.Plans[plan],
            SimulatorConstants.PlanFees[plan],
            SimulatorConstants.Regions[region],
            SimulatorConstants.Channels[channel]);

        double risk = SimulatorConstants.PlanLogRisk[plan] + SimulatorConstants.ChannelLogRisk[channel];
        ChurnRates rates = new(
            LogNormal(random, SimulatorConstants.DisengageRate, SimulatorConstants.DisengageLogSd, risk),
            LogNormal(random, SimulatorConstants.ReengageRate, SimulatorConstants.ReengageLogSd, 0),
            LogNormal(random, SimulatorConstants.CancelEngagedRate, SimulatorConstants.CancelEngagedLogSd, risk),
            LogNormal(random, SimulatorConstants.CancelDisengagingRate, SimulatorConstants.CancelDisengagingLogSd, 0));
        double sessions = LogNormal(random, SimulatorConstants.SessionsPerDay, SimulatorConstants.SessionsLogSd, 0);

        HiddenPath path = HiddenPath.Draw(
            rates,
            HiddenState.Engaged,
            joined,
            SimulatorConstants.Now.UtcTicks,
            new RandomSource(seed, population, number, StreamPurpose.Path));
        return new HiddenCustomer(profile, rates, path, sessions, DrawEffects(seed, population, number, region));
    }

    private static double[] DrawEffects(int seed, int population, int number, int region)
    {
        RandomSource random = new(seed, population, number, StreamPurpose.Effects);
        double[] effects = new double[SimulatorConstants.EffectStrength.Length];
        for (int a = 0; a < effects.Length; a++)
        {
            bool harmed = random.NextUniform() < SimulatorConstants.HarmedShare;
            double u = random.NextUniform();
            effects[a] = harmed
                ? -(SimulatorConstants.HarmMin + ((SimulatorConstants.HarmMax - SimulatorConstants.HarmMin) * u))
                : SimulatorConstants.EffectStrength[a] * SimulatorConstants.RegionEffectFactor[region]
                    * Math.Pow(u, SimulatorConstants.EffectShape[a]);
        }

        return effects;
    }

    private static double LogNormal(RandomSource random, double median, double logSd, double shift) =>
        median * Math.Exp(shift + (logSd * random.NextNormal()));
}
