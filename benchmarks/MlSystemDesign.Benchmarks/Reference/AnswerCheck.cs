using System.Globalization;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Reference;

/// <summary>Compares a contender's answers with the reference: missing must match, values to a relative tolerance.</summary>
internal static class AnswerCheck
{
    internal const double Tolerance = 1e-9;

    /// <summary>The slope of rivals: engines convert times to days and lose digits where two events are a microsecond apart.</summary>
    internal const double SlopeToleranceOfRivals = 1e-4;

    /// <summary>Below this size the difference itself counts: a thousandth of a cent for amounts, 1e-5 days.</summary>
    private const double Floor = 1e-5;

    /// <summary>Returns the pairs to check: all of a and b, every 10th entity of c.</summary>
    internal static int[] Asked(PairColumns pairs) =>
        [.. Enumerable.Range(0, pairs.Count).Where(i => pairs.Name != "c" || i / pairs.PerEntity % 10 == 0)];

    /// <summary>Returns the worst relative difference of any feature but the slope, and of the slope.</summary>
    /// <exception cref="InvalidOperationException">An answer is wrong.</exception>
    internal static (double Worst, double Slope) Compare(IContender contender, PairColumns pairs, int[] asked, double[][] expected, FeatureSet set)
    {
        double[][] answers = contender.Answers();
        double[] worst = new double[set.Count];
        int[] wrong = new int[set.Count];
        string? example = null;
        for (int f = 0; f < set.Count; f++)
        {
            double tolerance = f == FeatureSet.Slope && contender is not OursContender ? SlopeToleranceOfRivals : Tolerance;
            for (int k = 0; k < asked.Length; k++)
            {
                double got = answers[f][asked[k]], want = expected[f][k];
                double difference = double.IsNaN(want) && double.IsNaN(got) ? 0 : Math.Abs(got - want) / Math.Max(Math.Abs(want), Floor);
                if (!(difference <= tolerance))
                {
                    wrong[f]++;
                    example ??= string.Create(CultureInfo.InvariantCulture, $"{set.FeatureName(f)} {got:R} instead of {want:R} for entity {pairs.Entities[asked[k]]} at {Clock.ToDateTime(pairs.Cutoffs[asked[k]]):O}");
                }

                worst[f] = Math.Max(worst[f], double.IsNaN(difference) ? double.PositiveInfinity : difference);
            }
        }

        if (example is not null)
        {
            string features = string.Join(", ", Enumerable.Range(0, set.Count).Where(f => wrong[f] > 0).Select(f => $"{set.FeatureName(f)} {wrong[f]} x"));
            throw new InvalidOperationException(
                $"Every contender must give the reference's answers. Got wrong ones from '{contender.Name}' on {pairs.Name} ({features}), such as {example}. Repair it before timing it.");
        }

        return (worst.Where((_, f) => f != FeatureSet.Slope).Max(), worst[FeatureSet.Slope]);
    }
}
