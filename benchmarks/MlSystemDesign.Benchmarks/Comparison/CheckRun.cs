using System.Globalization;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Reference;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>Checks every contender against the brute-force reference, before anything is timed: on S, or on T when only T is asked for.</summary>
internal static class CheckRun
{
    /// <exception cref="InvalidOperationException">An answer is wrong.</exception>
    internal static List<CheckedAnswers> Check(ComparisonOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        WorkloadSize size = options.Sizes.All(s => s == WorkloadSize.T) ? WorkloadSize.T : WorkloadSize.S;
        EventColumns log = EventGenerator.Generate(size, options.Seed, cancellationToken);
        List<(PairColumns Pairs, int[] Asked, double[][] Expected)> cases = [];
        foreach (string cutoffs in options.Cutoffs)
        {
            PairColumns pairs = PairColumns.Generate(cutoffs, size.Entities, options.Seed);
            int[] asked = AnswerCheck.Asked(pairs);
            cases.Add((pairs, asked, BruteForce.Answer(log, pairs, asked, options.Set, cancellationToken)));
        }

        List<CheckedAnswers> found = [];
        foreach (string name in options.Only)
        {
            using IContender contender = Roster.Create(name, options.Set);
            contender.Ingest(log, cancellationToken);
            foreach ((PairColumns pairs, int[] asked, double[][] expected) in cases.Where(c => Roster.Runs(name, size, c.Pairs.Name, options.Set)))
            {
                contender.Prepare(pairs);
                contender.Compute(cancellationToken);
                (double worst, double slope) = AnswerCheck.Compare(contender, pairs, asked, expected, options.Set);
                found.Add(new CheckedAnswers(name, size.Name, pairs.Name, asked.Length, worst, slope));
                tell(string.Create(CultureInfo.InvariantCulture, $"checked {contender.Name} on {size.Name}-{pairs.Name}: {asked.Length} pairs right, worst difference {worst:0.0e+0}, of slopes {slope:0.0e+0}"));
                contender.Forget();
            }
        }

        return found;
    }
}
