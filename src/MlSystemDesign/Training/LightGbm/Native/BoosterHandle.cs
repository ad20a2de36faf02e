using System.Runtime.InteropServices;

namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>Owns a native Booster, and keeps the datasets that it points into alive for as long as it lives.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    private readonly List<DatasetHandle> _datasets = [];

    public BoosterHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public void Keep(DatasetHandle dataset)
    {
        bool added = false;
        dataset.DangerousAddRef(ref added);
        _datasets.Add(dataset);
    }

    protected override bool ReleaseHandle()
    {
        bool freed = NativeMethods.BoosterFree(handle) == 0;
        foreach (DatasetHandle dataset in _datasets)
        {
            dataset.DangerousRelease();
        }

        return freed;
    }
}
