using System.Globalization;
using ChurnRetention.Simulation;
using MlSystemDesign;
using MlSystemDesign.Lifecycle;
using Spectre.Console;

namespace ChurnRetention.Job;

/// <summary>One seed of the honesty table, EUR.</summary>
internal sealed record HonestyRow(int Seed, double Auc, double System, double Random, double MeanEffect, double Oracle, MoneyEstimate Expected)
{
    /// <summary>Gets how much of the way from random contact to the oracle the system goes.</summary>
    public double SystemShare => (System - Random) / (Oracle - Random);

    /// <summary>Gets the same for a planner that knows the true churn probabilities and the pilot's mean effects.</summary>
    public double MeanEffectShare => (MeanEffect - Random) / (Oracle - Random);

    /// <summary>Gets whether the 95 % interval of the expected value holds the true value of the plan.</summary>
    public bool Covered => Expected.Contains(Money.FromDouble(System, Expected.Value.Currency));

    /// <summary>Gets the expected less the true value.</summary>
    public double Error => (double)Expected.Value.Amount - System;
}

/// <summary>Repeats the job over many seeds of the simulator, and says how good and how honest the system is against the truth.</summary>
internal static class Honesty
{
    public static async Task<HonestyRow> MeasureAsync(int seed, CancellationToken cancellationToken = default)
    {
        RetentionProblem problem = SubscriptionBusiness.Create(seed);
        RetentionResult result = await RetentionJob.RunAsync(problem, RetentionJob.CreateSystem(problem, seed, new InMemoryLedger()), null, cancellationToken);
        SimulatedWorld world = Simulator.Run(seed);
        ContactLimits limits = SimulatorConstants.DefaultLimits;
        return new HonestyRow(
            seed,
            result.Training.Evaluation["AUC-ROC"].Value ?? double.NaN,
            result.Alternatives.Single(a => a.IsThisPlan).True!.Value,
            ReferencePlanners.RandomValue(world, problem.Now, limits),
            world.Truth.TrueValue(ReferencePlanners.MeanEffect(world, Pilot.Run(seed), problem.Now, limits).Plan, problem.Now),
            ReferencePlanners.Oracle(world, problem.Now, limits).Value,
            result.Decisions.Decisions.ExpectedValue);
    }

    public static async Task PrintAsync(int seeds, IAnsiConsole console, CancellationToken cancellationToken)
    {
        List<HonestyRow> rows = [];
        for (int seed = 1; seed <= seeds; seed++)
        {
            HonestyRow row = await MeasureAsync(seed, cancellationToken);
            rows.Add(row);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed,2}: AUC {row.Auc:0.000}; true value: system {row.System,6:0}, random {row.Random,6:0}, mean-effect planner {row.MeanEffect,6:0}, oracle {row.Oracle,6:0} EUR; shares {row.SystemShare:0.000} and {row.MeanEffectShare:0.000}; expected {(double)row.Expected.Value.Amount,6:0} ({(double)row.Expected.Lower.Amount:0} to {(double)row.Expected.Upper.Amount:0}) {(row.Covered ? "covers" : "MISSES")} the truth"));
        }

        double system = Median([.. rows.Select(r => r.SystemShare)]), planner = Median([.. rows.Select(r => r.MeanEffectShare)]);
        double bias = rows.Sum(r => r.Error) / rows.Sum(r => r.System);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median share of the way from random to the oracle: system {system:0.000}, planner with the true intensity and the mean effect {planner:0.000}, ratio {system / planner:0.00}"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"the 95 % interval holds the true value for {rows.Count(r => r.Covered)} of {rows.Count} seeds; mean bias of the expected value {bias * 100:0.0} %"));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
