using System.Reflection;
using BenchmarkDotNet.Running;
using MlSystemDesign.Benchmarks.Comparison;
using MlSystemDesign.Benchmarks.Explanation;
using MlSystemDesign.Benchmarks.Models;
using MlSystemDesign.Benchmarks.Online;
using MlSystemDesign.Benchmarks.OutOfCore;
using MlSystemDesign.Benchmarks.Scoring;

if (args is ["compare", ..])
{
    return CompareCommand.Run(args.AsSpan(1));
}

if (args is ["online", ..])
{
    return OnlineCommand.Run(args.AsSpan(1));
}

if (args is ["journal", ..])
{
    return JournalCommand.Run(args.AsSpan(1));
}

if (args is ["out-of-core", ..])
{
    return await OutOfCoreCommand.RunAsync(args[1..]);
}

if (args is ["explain", ..])
{
    return ExplainCommand.Run(args.AsSpan(1));
}

if (args is ["score", ..])
{
    return ScoreCommand.Run(args.AsSpan(1));
}

if (args is ["models", ..])
{
    return await ModelsCommand.RunAsync(args[1..]);
}

if (args is ["binning", ..])
{
    return await BinningCommand.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
