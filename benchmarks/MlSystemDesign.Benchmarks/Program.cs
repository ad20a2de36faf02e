using System.Reflection;
using BenchmarkDotNet.Running;
using MlSystemDesign.Benchmarks.Comparison;

if (args is ["compare", ..])
{
    return CompareCommand.Run(args.AsSpan(1));
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
