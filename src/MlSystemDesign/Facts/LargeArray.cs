using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Facts;

/// <summary>Arrays that hold a column of many rows.</summary>
/// <remarks>The first write to each 4 KiB page of fresh memory goes through the kernel, which for a wide table costs as much as computing it. Linux serves pages of 2 MiB where it is asked to,
/// and many distributions leave it at that ("madvise"); asking is what NumPy does for its large arrays. A hint: no result depends on it.</remarks>
internal static partial class LargeArray
{
    private const int HugePageBytes = 2 << 20;
    private const int LeastBytes = 2 * HugePageBytes; // below, few or no huge pages fit
    private const int AdviseHugePages = 14; // MADV_HUGEPAGE
    private static bool _asks = OperatingSystem.IsLinux();

    /// <summary>Returns an array whose values are not set.</summary>
    /// <typeparam name="T">Numbers; what holds references is set to nothing.</typeparam>
    /// <param name="count">How many values.</param>
    internal static T[] Uninitialized<T>(int count)
    {
        T[] array = GC.AllocateUninitializedArray<T>(count);
        if (_asks && (long)count * Unsafe.SizeOf<T>() >= LeastBytes)
        {
            AskForHugePages(array);
        }

        return array;
    }

    private static unsafe void AskForHugePages<T>(T[] array)
    {
        // An address that the collector moves meanwhile is a hint in vain, and no fault. Whole pages, the edges included, which neighbouring arrays share.
        nuint first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)), start = first & ~(nuint)(HugePageBytes - 1);
        nuint end = first + ((nuint)array.Length * (nuint)Unsafe.SizeOf<T>());
        try
        {
            _ = Advise(start, end - start, AdviseHugePages); // a kernel without huge pages says no, and nothing changes
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _asks = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
