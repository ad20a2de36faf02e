using System.Globalization;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>Times the contenders on one log. In every round each ingests the columns, computes and lets go, in turns, so that no one's data burden another's memory or collector,
/// and other work on the machine meets all of them.</summary>
internal sealed class TimedRun(ComparisonOptions options, WorkloadSize size, ComparisonResult result, Action<string> tell)
{
    /// <summary>Quick contenders compute more often in a round: up to so many times, or until so many CPU seconds are spent. The first time may pay more: on a virtual machine the host may have taken
    /// back what the others' turns freed. Large workloads need several times as much as small ones, for their medians to compare.</summary>
    private const int MostPerRound = 5;
    private const double EnoughSeconds = 3;

    internal void Run(CancellationToken cancellationToken)
    {
        tell($"{size.Name}: generating {size.Events.ToString("N0", CultureInfo.InvariantCulture)} events");
        EventColumns log = EventGenerator.Generate(size, options.Seed, cancellationToken);
        PairColumns[] all = [.. options.Cutoffs.Where(c => size != WorkloadSize.L || c == "a").Select(c => PairColumns.Generate(c, size.Entities, options.Seed))];
        result.Busiest[size.Name] = log.Entities.CountBy(e => e).Max(e => e.Value);
        foreach (PairColumns pairs in all)
        {
            result.Traffic[(size.Name, pairs.Name)] = Traffic.Of(log, pairs, options.Set);
        }

        int rounds = options.Only.Max(options.RepeatsFor);
        for (int round = options.WarmUp ? 0 : 1; round <= rounds; round++)
        {
            for (int turn = 0; turn < options.Only.Count; turn++)
            {
                string name = options.Only[(turn + round) % options.Only.Count];
                if (round <= options.RepeatsFor(name))
                {
                    RunOne(name, round, log, [.. all.Where(p => Roster.Runs(name, size, p.Name, options.Set))], cancellationToken);
                }
            }
        }
    }

    private void RunOne(string name, int round, EventColumns log, PairColumns[] all, CancellationToken cancellationToken)
    {
        if (all.Length == 0)
        {
            return;
        }

        using IContender contender = Roster.Create(name, options.Set);
        Note(round, Meter.Measure(name, size.Name, Measurement.Ingest, () => contender.Ingest(log, cancellationToken)));
        foreach (PairColumns pairs in all)
        {
            contender.Prepare(pairs);
            double spent = 0;
            for (int i = 0; i < MostPerRound && spent < EnoughSeconds; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Measurement measured = Meter.Measure(name, size.Name, pairs.Name, () => contender.Compute(cancellationToken));
                contender.Forget();
                spent += measured.Cpu;
                Note(round, measured);
            }
        }
    }

    private void Note(int round, Measurement measured)
    {
        if (round > 0)
        {
            result.Measurements.Add(measured);
        }

        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{(round == 0 ? "warm-up" : "round " + round)}  {measured.Contender,-15} {size.Name}-{measured.Step,-6} {measured.Cpu,8:F3} CPU s {measured.Wall,8:F3} s"));
    }
}
