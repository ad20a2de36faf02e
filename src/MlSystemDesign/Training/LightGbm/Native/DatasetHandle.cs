using System.Runtime.InteropServices;

namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>Owns a native Dataset.</summary>
internal sealed class DatasetHandle : SafeHandle
{
    public DatasetHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>The null reference: a dataset that finds its own bin boundaries.</summary>
    public static DatasetHandle None { get; } = new();

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.DatasetFree(handle) == 0;
}
