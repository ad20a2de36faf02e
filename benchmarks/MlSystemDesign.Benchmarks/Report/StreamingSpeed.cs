using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>How fast this machine reads and writes memory in a stream, in bytes per second: the limit that no engine can pass.</summary>
/// <param name="ReadOne">Reading on one thread.</param>
/// <param name="ReadAll">Reading on all processors.</param>
/// <param name="WriteOne">Writing on one thread.</param>
/// <param name="WriteAll">Writing on all processors.</param>
internal sealed record StreamingSpeed(double ReadOne, double ReadAll, double WriteOne, double WriteAll)
{
    private const int Length = 64 * 1024 * 1024;
    private const int Tries = 5;

    internal static StreamingSpeed Measure()
    {
        long[] memory = new long[Length];
        Array.Fill(memory, 1);
        return new StreamingSpeed(
            Best(memory, 1, part => Sum(part.Span)), Best(memory, Environment.ProcessorCount, part => Sum(part.Span)),
            Best(memory, 1, Fill), Best(memory, Environment.ProcessorCount, Fill));
    }

    /// <summary>Returns the better of two measurements, one by one: other work on the machine only slows them.</summary>
    internal StreamingSpeed BestOf(StreamingSpeed other) => new(
        Math.Max(ReadOne, other.ReadOne), Math.Max(ReadAll, other.ReadAll), Math.Max(WriteOne, other.WriteOne), Math.Max(WriteAll, other.WriteAll));

    private static double Best(long[] memory, int threads, Func<Memory<long>, long> pass)
    {
        double best = 0;
        for (int i = 0; i < Tries; i++)
        {
            long start = Stopwatch.GetTimestamp(), sink = 0;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
            {
                int share = Length / threads;
                Interlocked.Add(ref sink, pass(memory.AsMemory(t * share, share)));
            });
            best = Math.Max(best, Length * sizeof(long) / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static long Sum(ReadOnlySpan<long> values)
    {
        ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<long, Vector<long>>(values);
        Vector<long> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 3 < vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        return Vector.Sum(a + b + c + d);
    }

    private static long Fill(Memory<long> values)
    {
        values.Span.Fill(1);
        return 0;
    }
}
