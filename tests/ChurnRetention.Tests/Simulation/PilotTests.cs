using ChurnRetention.Simulation;
using MlSystemDesign;

namespace ChurnRetention.Tests.Simulation;

public class PilotTests
{
    [Fact]
    public void Effect_OfKnownCounts_IsOneMinusTheRatioWithItsDeltaError()
    {
        PilotResult result = new(new PilotArm(1000, 100), new PilotArm(1000, 60), new PilotArm(1000, 80));
        EffectEstimate call = result.Effect(ContactAction.Call);
        call.RelativeReduction.Should().BeApproximately(0.4, 1e-12);
        // 0.6 · √(0.94/60 + 0.90/100)
        call.StandardError.Should().BeApproximately(0.0942338, 1e-6);
        result.Effect(ContactAction.Voucher).RelativeReduction.Should().BeApproximately(0.2, 1e-12);
    }

    [Fact]
    public void Effect_WithNobodyChurned_SaysWhatToDo()
    {
        PilotResult result = new(new PilotArm(10, 1), new PilotArm(10, 0), new PilotArm(10, 1));
        Action act = () => result.Effect(ContactAction.Call);
        act.Should().Throw<ArgumentException>().WithMessage("Both arms must have at least one outcome*Got 0 of 10 treated and 1 of 10 control. Run the experiment longer.");
    }

    [Fact]
    public void Run_OverManySeeds_FindsTheTrueMeanEffectsWithinTheirErrors()
    {
        const int seeds = 40;
        double squares = 0;
        double[] sum = new double[2];
        for (int seed = 1; seed <= seeds; seed++)
        {
            PilotResult pilot = Pilot.Run(seed, 1_500);
            foreach (ContactAction action in Enum.GetValues<ContactAction>())
            {
                EffectEstimate estimate = pilot.Effect(action);
                double truth = MeanEffect(action);
                sum[(int)action] += estimate.RelativeReduction - truth;
                squares += Math.Pow((estimate.RelativeReduction - truth) / estimate.StandardError, 2);
            }
        }

        // z has variance 1 when the error is right; 40 × 2 correlated squares spread by about 0.2.
        (squares / (2 * seeds)).Should().BeInRange(0.5, 1.6);
        (sum[0] / seeds).Should().BeApproximately(0, 4 * 0.08 / Math.Sqrt(seeds));
        (sum[1] / seeds).Should().BeApproximately(0, 4 * 0.09 / Math.Sqrt(seeds));
        Pilot.Run(1, 100).Should().Be(Pilot.Run(1, 100));
    }

    private static double MeanEffect(ContactAction action)
    {
        double strength = SimulatorConstants.EffectStrength[(int)action], shape = SimulatorConstants.EffectShape[(int)action];
        double harm = (SimulatorConstants.HarmMin + SimulatorConstants.HarmMax) / 2;
        return ((1 - SimulatorConstants.HarmedShare) * strength / (shape + 1)) - (SimulatorConstants.HarmedShare * harm);
    }
}
