using System.Runtime.InteropServices;

namespace MlSystemDesign.XGBoost.Native;

/// <summary>Owns a native Booster.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    public BoosterHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.BoosterFree(handle) == 0;
}
