namespace MlSystemDesign.Training.Trees;

/// <summary>Reads LightGBM's model text (version 3 and 4 of it) into a <see cref="TreeEnsemble"/>.</summary>
internal static class LightGbmModelText
{
    /// <exception cref="TreeFormatException">The text is not a whole binary or regression model without linear trees.</exception>
    /// <param name="text">The text.</param>
    /// <param name="ownLoss">Whether the trees may be grown by a loss that the text does not name.</param>
    public static TreeEnsemble Read(string text, bool ownLoss = false) => ReadFile(text, ownLoss).Ensemble;

    /// <exception cref="TreeFormatException">The text is not a whole binary or regression model without linear trees.</exception>
    public static TreeModelFile ReadFile(string text, bool ownLoss = false)
    {
        using StringReader lines = new(text);
        TextFields header = ReadBlock(lines, "the header", out string? next);
        RequireVersion(header);
        (TargetKind target, double sigmoid) = ReadObjective(header, ownLoss);
        Refuse(header.Has("average_output"), "an averaged model (random forest)", "boosting=gbdt");
        int features = header.Integer("max_feature_idx") + 1;
        List<Tree> trees = [];
        while (next is not null && next.StartsWith("Tree=", StringComparison.Ordinal))
        {
            TextFields fields = ReadBlock(lines, next, out next);
            trees.Add(ReadTree(fields));
        }

        if (next != "end of trees")
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"A LightGBM model text must close its trees with 'end of trees'. Got '{next}' after {trees.Count} trees. ") +
                "Take the text from its source again.");
        }

        return new TreeModelFile(new TreeEnsemble(features, sigmoid, trees), target, Names(header, features), new bool?[features]);
    }

    private static void RequireVersion(TextFields header)
    {
        string version = header.Text("version");
        if (version is not ("v3" or "v4"))
        {
            throw new TreeFormatException(
                $"A LightGBM model text must be of version v3 or v4. Got '{version}'. Save it with LightGBM 2.3 to 4.x, or take a later version of this library.");
        }
    }

    // Features without names are called Column_0, Column_1, …
    private static string[] Names(TextFields header, int features)
    {
        string[] names = header.Text("feature_names").Split(' ');
        if (names.Length != features)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"'feature_names' of a LightGBM model text must hold one name per feature, {features}. Got {names.Length}. Take the text from its source again."));
        }

        for (int i = 0; i < features; i++)
        {
            if (names[i] != FormattableString.Invariant($"Column_{i}"))
            {
                return names;
            }
        }

        return [];
    }

    // Lines of 'key=value', up to the next tree or the end of trees.
    private static TextFields ReadBlock(TextReader lines, string name, out string? next)
    {
        TextFields fields = new(name);
        while ((next = lines.ReadLine()) is not null)
        {
            if (next.StartsWith("Tree=", StringComparison.Ordinal) || next == "end of trees")
            {
                break;
            }

            if (next.Length > 0)
            {
                fields.Add(next);
            }
        }

        return fields;
    }

    private static (TargetKind Target, double Sigmoid) ReadObjective(TextFields header, bool ownLoss)
    {
        Refuse(header.Integer("num_class") != 1 || header.Integer("num_tree_per_iteration") != 1, "a model of several classes", "one class");
        if (ownLoss && !header.Has("objective"))
        {
            return (TargetKind.Value, 1);
        }

        string[] objective = header.Text("objective").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (objective is ["regression"])
        {
            return (TargetKind.Value, 1);
        }

        Refuse(objective is not ["binary", ..], $"objective '{header.Text("objective")}'", "objective=binary or regression");
        foreach (string part in objective)
        {
            if (part.StartsWith("sigmoid:", StringComparison.Ordinal))
            {
                return (TargetKind.Probability, TextFields.ParseDouble(part.AsSpan("sigmoid:".Length), "sigmoid"));
            }
        }

        throw new TreeFormatException("A binary LightGBM model must state its sigmoid. Got none. Take the text from its source again.");
    }

    private static void Refuse(bool unsupported, string got, string instead)
    {
        if (unsupported)
        {
            throw new TreeFormatException($"Only binary and regression models of plain trees can be scored. Got {got}. Train with {instead}.");
        }
    }

    private static Tree ReadTree(TextFields fields)
    {
        Refuse(fields.Has("is_linear") && fields.Integer("is_linear") != 0, "linear trees", "linear_tree=false");
        int leaves = fields.Integer("num_leaves");
        int nodes = leaves - 1;
        if (nodes == 0)
        {
            return Tree.OneLeaf(fields.Doubles("leaf_value", 1)[0], fields.Has("leaf_count") ? fields.Integers("leaf_count", 1)[0] : 0);
        }

        int[] decision = fields.Integers("decision_type", nodes);
        double[] threshold = fields.Doubles("threshold", nodes);
        NodeKind[] kind = new NodeKind[nodes];
        uint[]?[] categories = new uint[]?[nodes];
        uint[][] sets = CategorySets(fields);
        for (int i = 0; i < nodes; i++)
        {
            if ((decision[i] & 1) != 0)
            {
                kind[i] = NodeKind.Categorical;
                categories[i] = threshold[i] >= 0 && threshold[i] < sets.Length ? sets[(int)threshold[i]] : throw NoSet(threshold[i]);
                threshold[i] = 0;
            }
            else
            {
                (kind[i], threshold[i]) = Numeric(decision[i], threshold[i]);
            }
        }

        return new Tree
        {
            Feature = fields.Integers("split_feature", nodes),
            Threshold = threshold,
            Kind = kind,
            Left = fields.Integers("left_child", nodes),
            Right = fields.Integers("right_child", nodes),
            NodeCover = Counts(fields, "internal_count", nodes),
            Categories = categories,
            LeafValue = fields.Doubles("leaf_value", leaves),
            LeafCover = Counts(fields, "leaf_count", leaves),
        };
    }

    private static double[] Counts(TextFields fields, string key, int count) => Array.ConvertAll(fields.Integers(key, count), n => (double)n);

    // decision_type: bit 0 categorical, bit 1 missing goes left, bits 2 and 3 what is missing: nothing, zero, NaN.
    private static (NodeKind Kind, double Threshold) Numeric(int decision, double threshold)
    {
        bool defaultLeft = (decision & 2) != 0;

        // LightGBM takes |value| ≤ ZeroThreshold as 0 before it compares. A threshold inside that band is moved to its edge, which
        // decides the same way for every value.
        if (Math.Abs(threshold) <= TreeEnsemble.ZeroThreshold)
        {
            threshold = threshold < 0 ? Math.BitDecrement(-TreeEnsemble.ZeroThreshold) : TreeEnsemble.ZeroThreshold;
        }

        NodeKind left = defaultLeft ? NodeKind.MissingLeft : NodeKind.None;
        return (decision >> 2) switch
        {
            // No missing values in training: NaN counts as 0.
            0 => (0 <= threshold ? NodeKind.MissingLeft : NodeKind.None, threshold),
            1 => (left | NodeKind.ZeroIsMissing, threshold),
            2 => (left, threshold),
            _ => throw new TreeFormatException(FormattableString.Invariant(
                $"A LightGBM decision type must be below 12. Got {decision}. Take the text from its source again.")),
        };
    }

    // The threshold of a categorical split is the number of its set; set i is the words [boundaries[i], boundaries[i + 1]).
    private static uint[][] CategorySets(TextFields fields)
    {
        int count = fields.Integer("num_cat");
        if (count <= 0)
        {
            return [];
        }

        uint[] words = fields.Words("cat_threshold");
        int[] boundaries = fields.Integers("cat_boundaries", unchecked(count + 1));
        uint[][] sets = new uint[count][];
        for (int i = 0; i < count; i++)
        {
            int start = boundaries[i];
            int end = boundaries[i + 1];
            sets[i] = start >= 0 && start < end && end <= words.Length ? words[start..end] : throw NoSet(i);
        }

        return sets;
    }

    private static TreeFormatException NoSet(double set) => new(FormattableString.Invariant(
        $"A categorical split of a LightGBM model must name a category set of its tree. Got set {set}. Take the text from its source again."));
}
