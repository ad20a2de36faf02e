using System.Runtime.InteropServices;

namespace MlSystemDesign.XGBoost.Native;

/// <summary>Owns a native DMatrix.</summary>
internal sealed class MatrixHandle : SafeHandle
{
    public MatrixHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.MatrixFree(handle) == 0;
}
