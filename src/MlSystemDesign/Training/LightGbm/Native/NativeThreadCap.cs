namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>Caps LightGBM's threads per call while one of our trainings runs.</summary>
/// <remarks>
/// LightGBM keeps its thread count in one global that every call rewrites, also calls of other code in the process that ask for all
/// cores. The cap holds against those. It is the largest that a running training asked for, and is lifted after the last one.
/// </remarks>
internal sealed class NativeThreadCap : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly List<int> Active = [];

    private readonly int _threads;
    private bool _disposed;

    private NativeThreadCap(int threads) => _threads = threads;

    public static NativeThreadCap Enter(int threads)
    {
        lock (Gate)
        {
            Active.Add(threads);
            Apply();
        }

        return new NativeThreadCap(threads);
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                Active.Remove(_threads);
                Apply();
            }
        }
    }

    private static void Apply() =>
        NativeMethods.Check(NativeMethods.SetMaxThreads(Active.Count == 0 ? -1 : Active.Max()), "LGBM_SetMaxThreads");
}
