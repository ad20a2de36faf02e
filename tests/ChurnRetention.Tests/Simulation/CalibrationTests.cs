using System.Globalization;
using ChurnRetention.Simulation;
using Xunit.Abstractions;

namespace ChurnRetention.Tests.Simulation;

/// <summary>The simulated business has the properties that its constants promise, for several seeds.</summary>
public class CalibrationTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Cutoff = SimulatorConstants.ReferenceCutoff;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(20260101)]
    public void World_OfASeed_KeepsItsPromises(int seed)
    {
        SimulatedWorld world = Simulator.Run(seed);
        Truth truth = world.Truth;
        int[] atRisk = [.. truth.AtRisk(Cutoff)];
        world.Customers.Count.Should().BeInRange(11_500, 13_500);
        world.Events.Count.Should().BeInRange(1_000_000, 1_500_000);

        double[] p = [.. atRisk.Select(i => truth.ChurnProbability(i, Cutoff))];
        bool[] churned = Churned(world, atRisk);
        double rate = churned.Count(c => c) / (double)churned.Length;
        rate.Should().BeInRange(0.08, 0.15);
        rate.Should().BeApproximately(p.Average(), 4 * Math.Sqrt(p.Sum(x => x * (1 - x))) / p.Length);
        double auc = Auc(p, churned);
        auc.Should().BeInRange(0.70, 0.80);
        Write($"seed {seed}: {world.Customers.Count} customers, {world.Events.Count} events, {atRisk.Length} at risk");
        Write($"  churn {rate:P1}, AUC of the true probability {auc:F3}");

        foreach (ContactAction action in Enum.GetValues<ContactAction>())
        {
            double[] effects = [.. atRisk.Select(i => truth.Effect(i, action))];
            double mean = effects.Average(), sd = Math.Sqrt(effects.Sum(e => (e - mean) * (e - mean)) / (effects.Length - 1));
            double harmed = effects.Count(e => e < 0) / (double)effects.Length;
            mean.Should().BeApproximately(action == ContactAction.Call ? 0.35 : 0.18, 0.02);
            sd.Should().BeGreaterThanOrEqualTo(0.15);
            harmed.Should().BeInRange(0.05, 0.10);
            Math.Abs(Correlation(effects, p)).Should().BeLessThan(4 / Math.Sqrt(p.Length));
            Write($"  {action}: effect {mean:F3}, sd {sd:F3}, harmed {harmed:P1}");
        }

        ContactAction[] actions = Enum.GetValues<ContactAction>();
        double worthwhile = atRisk.Average(i => actions.Any(a => truth.IncrementalValue(i, a, Cutoff) > 0) ? 1.0 : 0.0);
        worthwhile.Should().BeInRange(0.15, 0.30);
        Write($"  worth contacting {worthwhile:P1}");
        AssertPlanners(world, seed);
    }

    private void AssertPlanners(SimulatedWorld world, int seed)
    {
        ContactLimits limits = SimulatorConstants.DefaultLimits;
        AllocationResult oracle = ReferencePlanners.Oracle(world, Cutoff, limits);
        oracle.Plan.Cost.Should().BeInRange(limits.Budget - 12, limits.Budget);
        oracle.Plan.Count(ContactAction.Call).Should().BeLessThanOrEqualTo(limits.Calls);
        oracle.Plan.Count(ContactAction.Voucher).Should().BeLessThanOrEqualTo(limits.Vouchers);
        oracle.BudgetPrice.Should().BePositive();
        oracle.CapacityPrices[0].Should().BePositive();
        oracle.RelativeGap.Should().BeInRange(-1e-9, 0.01);
        world.Truth.TrueValue(oracle.Plan, Cutoff).Should().BeApproximately(oracle.Value, 1e-6);

        ContactPlan mean = ReferencePlanners.MeanEffect(world, Pilot.Run(seed), Cutoff, limits).Plan;
        double meanEffect = world.Truth.TrueValue(mean, Cutoff);
        double recency = world.Truth.TrueValue(ReferencePlanners.Recency(world, Cutoff, limits), Cutoff);
        double random = ReferencePlanners.RandomValue(world, Cutoff, limits);
        ((meanEffect - random) / (oracle.Value - random)).Should().BeInRange(0.35, 0.80);
        recency.Should().BeGreaterThan(random).And.BeLessThan(meanEffect);
        Write($"  oracle {oracle.Value:F0} EUR, gap to its bound {oracle.RelativeGap:P3}");
        Write($"  of it mean effect {meanEffect / oracle.Value:P0}, recency {recency / oracle.Value:P0}");
        Write($"  and random contact {random / oracle.Value:P0}");
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static bool[] Churned(SimulatedWorld world, int[] customers)
    {
        DateTimeOffset from = Cutoff + SimulatorConstants.LeadTime, until = from + SimulatorConstants.Horizon;
        HashSet<string> churned = [.. world.Events
            .Where(e => e.Kind == EventKinds.Cancel && e.Time >= from && e.Time < until).Select(e => e.CustomerId)];
        return [.. customers.Select(i => churned.Contains(world.Customers[i].Id))];
    }

    // Mann and Whitney; the true probabilities have no ties.
    private static double Auc(double[] scores, bool[] positive)
    {
        bool[] ranked = [.. positive];
        Array.Sort((double[])scores.Clone(), ranked);
        double rankSum = 0, positives = 0;
        for (int k = 0; k < ranked.Length; k++)
        {
            rankSum += ranked[k] ? k + 1 : 0;
            positives += ranked[k] ? 1 : 0;
        }

        return (rankSum - (positives * (positives + 1) / 2)) / (positives * (ranked.Length - positives));
    }

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average(), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
