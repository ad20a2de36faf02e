using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace MlSystemDesign.Training.Boosting;

/// <summary>Threads that work on folds side by side. All work on one fold is done by one thread, which ends with this object.</summary>
/// <remarks>
/// XGBoost keeps predictions and results per thread: on another thread it computes them again, and on a thread of the pool they would stay
/// in memory after the booster is gone.
/// </remarks>
internal sealed class FoldThreads : IDisposable
{
    private readonly BlockingCollection<Action>[] _work;
    private readonly Thread[] _threads;

    public FoldThreads(int threads)
    {
        _work = new BlockingCollection<Action>[threads];
        _threads = new Thread[threads];
        for (int t = 0; t < threads; t++)
        {
            BlockingCollection<Action> work = _work[t] = [];
            _threads[t] = new Thread(() => Work(work)) { IsBackground = true, Name = "boosting" };
            _threads[t].Start();
        }
    }

    /// <summary>Does something for each fold (or each of other parts), and waits; what the first failing one threw is thrown.</summary>
    public void Run(int folds, Action<int> body)
    {
        ExceptionDispatchInfo?[] faults = new ExceptionDispatchInfo?[folds];
        using CountdownEvent left = new(folds);
        for (int f = 0; f < folds; f++)
        {
            int fold = f;
            _work[fold % _work.Length].Add(() =>
            {
                try
                {
                    body(fold);
                }
                catch (Exception e)
                {
                    faults[fold] = ExceptionDispatchInfo.Capture(e);
                }

                left.Signal();
            });
        }

        left.Wait();
        (faults.FirstOrDefault(fault => fault is { SourceException: not OperationCanceledException }) ?? faults.FirstOrDefault(fault => fault is not null))?.Throw();
    }

    public void Dispose()
    {
        foreach (BlockingCollection<Action> work in _work)
        {
            work.CompleteAdding();
        }

        for (int t = 0; t < _threads.Length; t++)
        {
            _threads[t].Join();
            _work[t].Dispose();
        }
    }

    private static void Work(BlockingCollection<Action> work)
    {
        foreach (Action action in work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
