using System.Globalization;
using MlSystemDesign;

namespace ChurnRetention.Simulation;

/// <summary>One arm of the pilot.</summary>
/// <param name="Customers">How many were in it.</param>
/// <param name="Churned">How many of them cancelled within the label window.</param>
public readonly record struct PilotArm(int Customers, int Churned)
{
    public double Rate => (double)Churned / Customers;
}

/// <summary>All that the business knows about its interventions: counts of an earlier randomised experiment.</summary>
public sealed record PilotResult(PilotArm Control, PilotArm Call, PilotArm Voucher)
{
    public PilotArm Arm(ContactAction action) => action == ContactAction.Call ? Call : Voucher;

    /// <summary>The mean effect of an action with its standard error, as the library takes it from any experiment.</summary>
    /// <exception cref="ArgumentException">Nobody churned in one of the two arms: the ratio has no error estimate.</exception>
    public EffectEstimate Effect(ContactAction action)
    {
        PilotArm treated = Arm(action);
        return EffectEstimate.FromExperiment(
            treated.Churned, treated.Customers, Control.Churned, Control.Customers, string.Create(CultureInfo.InvariantCulture, $"pilot, {treated.Customers} per arm"));
    }
}

/// <summary>The earlier experiment: other customers of the same business, in three arms.</summary>
public static class Pilot
{
    /// <summary>Runs the pilot that belongs to the world of the same seed; it shares no customer with it.</summary>
    public static PilotResult Run(int seed, int customersPerArm = SimulatorConstants.PilotCustomersPerArm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(customersPerArm);
        int[] churned = new int[3];
        long cutoff = SimulatorConstants.PilotCutoff.UtcTicks;
        int enrolled = 0;
        for (int number = 0; enrolled < 3 * customersPerArm; number++)
        {
            HiddenCustomer customer = CustomerGenerator.Draw(seed, 1, number);
            if (!customer.IsAtRisk(cutoff))
            {
                continue;
            }

            // Customers are independent draws, so taking turns is a random assignment.
            int arm = enrolled++ % 3;
            double p = customer.ChurnProbability(cutoff, SimulatorConstants.LeadTime, SimulatorConstants.Horizon);
            double q = arm == 0 ? p : customer.TreatedProbability(p, (ContactAction)(arm - 1));
            RandomSource outcome = new(seed, 1, number, StreamPurpose.PilotOutcome);
            churned[arm] += outcome.NextUniform() < q ? 1 : 0;
        }

        return new PilotResult(
            new PilotArm(customersPerArm, churned[0]),
            new PilotArm(customersPerArm, churned[1]),
            new PilotArm(customersPerArm, churned[2]));
    }
}
