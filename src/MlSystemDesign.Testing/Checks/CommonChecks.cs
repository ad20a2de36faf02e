namespace MlSystemDesign.Testing.Checks;

/// <summary>What every interface promises: inputs untouched, equal results for equal inputs, safe for concurrent use, cancellation obeyed.</summary>
internal static class CommonChecks
{
    private const int Callers = 6;

    /// <summary>Runs the checks.</summary>
    /// <param name="run">Where the outcomes go.</param>
    /// <param name="compute">Calls the implementation with the same inputs each time, and returns everything that came out as text.</param>
    /// <param name="inputs">Everything that went in, as text.</param>
    internal static async Task RunAsync(ConformanceRun run, Func<CancellationToken, Task<string>> compute, Func<string> inputs)
    {
        string before = inputs();
        await RepeatAsync(run, compute).ConfigureAwait(false);
        await run.CheckAsync("cancellation obeyed", "Pass the token on, and call ThrowIfCancellationRequested before and during the work.", async () =>
        {
            try
            {
                await compute(new CancellationToken(canceled: true)).ConfigureAwait(false);
                return CheckResult.Broken("A call with a cancelled token ran to its end.");
            }
            catch (OperationCanceledException)
            {
                return CheckResult.Kept("a call with a cancelled token");
            }
        }).ConfigureAwait(false);
        await UntouchedAsync(run, before, inputs).ConfigureAwait(false);
    }

    /// <summary>Runs the checks of an interface whose members take no token.</summary>
    internal static async Task RunWithoutTokenAsync(ConformanceRun run, Func<string> compute, Func<string> inputs)
    {
        string before = inputs();
        await RepeatAsync(run, _ => Task.FromResult(compute())).ConfigureAwait(false);
        await UntouchedAsync(run, before, inputs).ConfigureAwait(false);
    }

    private static async Task RepeatAsync(ConformanceRun run, Func<CancellationToken, Task<string>> compute)
    {
        string first = string.Empty;
        await run.CheckAsync("equal inputs give equal results", "Take the seed from the arguments and depend on nothing else.", async () =>
        {
            first = await compute(CancellationToken.None).ConfigureAwait(false);
            string second = await compute(CancellationToken.None).ConfigureAwait(false);
            return CheckResult.Of(first == second, "two calls", "Two calls with equal inputs and seeds gave different results.");
        }).ConfigureAwait(false);
        await run.CheckAsync("safe for concurrent use", "Keep no state that calls share, or guard it.", async () =>
        {
            string[] results = await Task.WhenAll(AtOnce(compute)).ConfigureAwait(false);
            int different = results.Count(r => r != first);
            return CheckResult.Of(different == 0, $"{Callers} calls at once", $"{different} of {Callers} calls at once gave another result than a call alone.");
        }).ConfigureAwait(false);
    }

    // Threads of their own, which wait for each other: a busy thread pool would let one call end before the next starts.
    private static IEnumerable<Task<string>> AtOnce(Func<CancellationToken, Task<string>> compute)
    {
        Barrier start = new(Callers);
        return Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return compute(CancellationToken.None).GetAwaiter().GetResult();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    private static Task UntouchedAsync(ConformanceRun run, string before, Func<string> inputs) => run.CheckAsync(
        "inputs untouched", "Work on copies.", () => CheckResult.Of(inputs() == before, "all inputs, before and after the calls", "The inputs held other values after the calls."));
}
