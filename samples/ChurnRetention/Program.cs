using System.Diagnostics;
using System.Globalization;
using ChurnRetention.Job;
using MlSystemDesign;
using MlSystemDesign.Lifecycle;
using Spectre.Console;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(JobOptions.Usage);
    return 0;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    JobOptions options = JobOptions.Parse(args);
    Stopwatch watch = Stopwatch.StartNew();
    if (options.Seeds > 0)
    {
        await Honesty.PrintAsync(options.Seeds, AnsiConsole.Console, stop.Token);
    }
    else
    {
        await RunOnceAsync(options, stop.Token);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s, peak memory {PeakMemory.Mebibytes():0} MiB"));
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. Nothing half-written was left behind.");
    return 130;
}
catch (Exception e) when (e is MlSystemDesignException or FormatException or IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task RunOnceAsync(JobOptions options, CancellationToken cancellationToken)
{
    ProgressPrinter progress = new(Console.Error);
    progress.Report(new SystemProgress("read events", 0));
    RetentionProblem problem = options.Events is null ? SubscriptionBusiness.Create(options.Seed) : await EventFile.ReadAsync(options, cancellationToken);
    Directory.CreateDirectory(options.Output);
    using FileLedger ledger = FileLedger.Open(Path.Combine(options.Output, "ledger.log"));
    MlSystem system = RetentionJob.CreateSystem(problem, options.Seed, ledger);
    RetentionResult result = await RetentionJob.RunAsync(problem, system, progress, cancellationToken);
    IReadOnlyList<string> files = await Outputs.WriteAsync(result, system, options.Output, cancellationToken);
    ConsoleReport.Print(result, AnsiConsole.Console);
    Console.WriteLine();
    foreach (string file in files)
    {
        Console.WriteLine($"wrote {file}");
    }
}
