namespace MlSystemDesign.Explanation.Trees;

/// <summary>The features that decide whether a row reaches a leaf, and the slots where that is known.</summary>
/// <param name="Value">The leaf's value.</param>
/// <param name="Features">The distinct features of its path.</param>
/// <param name="Slots">Per feature the slot below its last split, where all its conditions are known.</param>
internal sealed record LeafPath(double Value, int[] Features, int[] Slots)
{
    /// <summary>The most features that a pattern can hold.</summary>
    internal const int MaxFeatures = 64;

    /// <exception cref="ExplanationException">A path has more features than a pattern can hold.</exception>
    internal static LeafPath[] Of(PathTree tree)
    {
        List<LeafPath> leaves = [];
        for (int slot = 0; slot < tree.Slots; slot++)
        {
            if (tree.Content[slot] < 0)
            {
                leaves.Add(Of(tree, slot));
            }
        }

        return [.. leaves];
    }

    /// <summary>One bit per feature: whether the row passes all its conditions.</summary>
    internal ulong Pattern(ReadOnlySpan<bool> passed)
    {
        ulong pattern = 0;
        for (int i = 0; i < Slots.Length; i++)
        {
            pattern |= passed[Slots[i]] ? 1UL << i : 0;
        }

        return pattern;
    }

    private static LeafPath Of(PathTree tree, int leaf)
    {
        List<int> features = [], slots = [];
        for (int slot = leaf; slot > 0; slot = tree.Parent[slot])
        {
            if (!features.Contains(tree.EdgeFeature[slot]))
            {
                features.Add(tree.EdgeFeature[slot]);
                slots.Add(slot);
            }
        }

        return features.Count <= MaxFeatures
            ? new LeafPath(tree.LeafFactor(leaf), [.. features], [.. slots])
            : throw new ExplanationException(FormattableString.Invariant(
                $"A path may have {MaxFeatures} distinct features for an interventional explanation. Got {features.Count}. Train shallower trees, or explain path-dependently."));
    }
}
