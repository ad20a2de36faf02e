using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Tests.Evaluation;

public sealed class DeLongCoverageTests
{
    // Scores N(1, 1) for positives and N(0, 1) for negatives: the true AUC is Φ(1 / √2).
    [Fact]
    public void AucRoc_Interval95_HoldsTheTruthInAbout95OfHundredSamples()
    {
        const double Truth = 0.76024993890652334; // scipy.stats.norm.cdf(2 ** -0.5)
        const int Repetitions = 400;
        Random random = new(20250611);
        int held = 0;
        for (int r = 0; r < Repetitions; r++)
        {
            double[] scores = new double[80], outcomes = new double[80];
            for (int i = 0; i < scores.Length; i++)
            {
                outcomes[i] = i < 30 ? 1 : 0;
                scores[i] = outcomes[i] + Gaussian(random);
            }

            held += RankingMetrics.AucRoc(scores, outcomes).Interval!.Contains(Truth) ? 1 : 0;
        }

        ((double)held / Repetitions).Should().BeInRange(0.92, 0.98);
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
