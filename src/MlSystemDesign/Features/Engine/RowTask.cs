namespace MlSystemDesign.Features;

/// <summary>A task that computes row by row.</summary>
/// <inheritdoc/>
internal abstract class RowTask(int[] windows, RowLayout layout, int numbers, int codes = 0) : FamilyTask(windows, layout, numbers, codes)
{
    /// <summary>Gets a value indicating whether equal facts in equal windows give other results at another cutoff.</summary>
    protected virtual bool DependsOnCutoff => false;

    internal sealed override void Compute(WindowView view, RowBlock block)
    {
        if (DependsOnCutoff)
        {
            for (view.Row = view.From; view.Row < view.Until; view.Row++)
            {
                ComputeRow(view, block);
            }
        }
        else
        {
            foreach (int head in view.Heads.AsSpan(0, view.HeadCount))
            {
                view.Row = head;
                ComputeRow(view, block);
            }

            Spread(view, block);
        }
    }

    /// <summary>Computes the features of the row that the view stands at.</summary>
    protected abstract void ComputeRow(WindowView view, RowBlock block);
}
