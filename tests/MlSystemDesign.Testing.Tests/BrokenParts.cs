using System.Runtime.InteropServices;

namespace MlSystemDesign.Testing.Tests;

/// <summary>Ways to break any part: state that calls share, values that are no function of the arguments, inputs that are written to.</summary>
internal sealed class BrokenParts
{
    private int _calls;
    private int _inside;

    /// <summary>Returns another number at every call: what ignoring the seed looks like.</summary>
    internal int Next() => Interlocked.Increment(ref _calls);

    /// <summary>Returns whether another call is on its way, too: what shared state looks like.</summary>
    internal bool IsShared()
    {
        int inside = Interlocked.Increment(ref _inside);
        Thread.Sleep(60);
        bool isShared = inside > 1 || Volatile.Read(ref _inside) > 1;
        Interlocked.Decrement(ref _inside);
        return isShared;
    }

    /// <summary>Writes into values that are only to be read.</summary>
    internal static void Write(ReadOnlySpan<double> values) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(values), values.Length)[0] += 1;
}
