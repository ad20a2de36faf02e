namespace MlSystemDesign.Features;

/// <summary>A task that computes row by row.</summary>
/// <inheritdoc/>
internal abstract class RowTask(int[] windows, FamilyLayout layout, int numbers, int codes = 0, bool dependsOnCutoff = false)
    : FamilyTask(windows, layout, numbers, codes, dependsOnCutoff)
{
    internal sealed override void Compute(WindowView view, RowBlock block)
    {
        if (DependsOnCutoff)
        {
            for (int row = view.From; row < view.Until; row++)
            {
                view.StandAt(row);
                ComputeRow(view, block, row);
            }
        }
        else
        {
            for (int slot = view.FirstSlot; slot < view.Slots.Count; slot++)
            {
                view.StandAt(view.Slots.FirstRows[slot]);
                ComputeRow(view, block, slot);
            }
        }
    }

    /// <summary>Computes the features of the row that the view stands at.</summary>
    /// <param name="view">The windows.</param>
    /// <param name="block">Takes the results.</param>
    /// <param name="target">The row or slot that they go to.</param>
    protected abstract void ComputeRow(WindowView view, RowBlock block, int target);
}
