using System.Runtime.ExceptionServices;

namespace MlSystemDesign.History;

/// <summary>Runs independent pieces of work on a number of threads.</summary>
/// <param name="Degree">How many threads at once, from 1.</param>
/// <param name="CancellationToken">Stops the work between two pieces.</param>
internal sealed record Workers(int Degree, CancellationToken CancellationToken)
{
    public static Workers One { get; } = new(1, CancellationToken.None);

    public void Run(int pieces, Action<int> work) => Run(pieces, () => 0, (piece, _) => work(piece));

    /// <summary>Runs pieces with a scratch object per thread.</summary>
    public void Run<T>(int pieces, Func<T> scratch, Action<int, T> work)
    {
        if (Degree == 1 || pieces <= 1)
        {
            T own = scratch();
            for (int piece = 0; piece < pieces; piece++)
            {
                CancellationToken.ThrowIfCancellationRequested();
                work(piece, own);
            }

            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = Degree, CancellationToken = CancellationToken };
        try
        {
            Parallel.For(
                0,
                pieces,
                options,
                scratch,
                (piece, _, own) =>
                {
                    work(piece, own);
                    return own;
                },
                _ => { });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
