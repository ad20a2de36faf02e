using System.Runtime.InteropServices;
using MlSystemDesign.Benchmarks.Report;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>The command <c>compare</c>: checks every contender, times them one after the other in this process, and prints the ratios.</summary>
internal static class CompareCommand
{
    /// <returns>0; 1 when an answer is wrong or a plan cannot be computed; 2 when the arguments are; 130 when cancelled.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        using CancellationTokenSource stop = new();
        using PosixSignalRegistration _ = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        ComparisonOptions options;
        try
        {
            options = ComparisonOptions.Parse(arguments);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        try
        {
            ComparisonResult result = Compare(options, Console.WriteLine, stop.Token);
            string report = ComparisonReport.Write(options, result);
            Console.WriteLine();
            Console.WriteLine(report);
            if (options.Out is not null)
            {
                File.WriteAllText(options.Out, report);
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return 130;
        }
        catch (Exception e) when (e is InvalidOperationException or MlSystemDesignException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static ComparisonResult Compare(ComparisonOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        ComparisonResult result = new() { Speed = StreamingSpeed.Measure() };
        result.Checks.AddRange(CheckRun.Check(options, tell, cancellationToken));
        foreach (WorkloadSize size in options.Sizes)
        {
            new TimedRun(options, size, result, tell).Run(cancellationToken);
        }

        result.Speed = result.Speed.BestOf(StreamingSpeed.Measure());
        return result;
    }
}
