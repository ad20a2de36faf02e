using System.Globalization;
using System.Text.Json;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Reads the JSON model of XGBoost 1.3 to 3.x into trees whose margins equal XGBoost's own to the last bit.</summary>
/// <remarks>
/// XGBoost starts from the margin of base_score and adds one leaf per tree, in 32 bits. Here the leaves of the first tree hold the start,
/// rounded as XGBoost rounds its first sum: every later sum is the same then.
/// </remarks>
internal static class XGBoostModelJson
{
    private const int MaxFeatures = 1_000_000;
    private const string Learner = "the learner";

    private static readonly string[] Logistic = ["binary:logistic", "binary:logitraw", "reg:logistic"];
    private static readonly string[] Identity = ["reg:squarederror", "reg:absoluteerror", "reg:pseudohubererror"];

    /// <exception cref="TreeFormatException">The bytes are not a whole model of one target by plain trees.</exception>
    internal static TreeModelFile Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = XGBoostJsonText.Parse(json);
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException e)
        {
            // The parser finds texts that are no Unicode only when they are asked for.
            throw new TreeFormatException($"The texts of an XGBoost model must be Unicode. Got others: {e.Message} Take the file from its source again.", e);
        }
    }

    private static TreeModelFile Read(JsonElement model)
    {
        RequireVersion(model);
        JsonElement learner = model.Member("learner", "the model");
        string objective = learner.Member("objective", Learner).Text("name", "the objective");
        TargetKind target = Target(objective);
        JsonElement parameters = learner.Member("learner_model_param", Learner);
        int features = Features(parameters);
        List<Tree> trees = Trees(learner.Member("gradient_booster", Learner));
        Start(trees, Margin(parameters.Text("base_score", "learner_model_param"), objective));
        TreeEnsemble ensemble = new(features, 1, trees, CoverKind.Hessians, MarginPrecision.Single);
        return new TreeModelFile(ensemble, target, Texts(learner, "feature_names", features), Categorical(Texts(learner, "feature_types", features), features));
    }

    private static void RequireVersion(JsonElement model)
    {
        int[] version = model.Integers("version", "the model");
        if (version is not ([1, >= 3, ..] or [2 or 3, ..]))
        {
            throw new TreeFormatException(
                $"An XGBoost model must be of version 1.3 to 3.x. Got {string.Join('.', version)}. Save it with such a version, or take a later version of this library.");
        }
    }

    private static TargetKind Target(string objective) => Logistic.Contains(objective) ? TargetKind.Probability
        : Identity.Contains(objective) ? TargetKind.Value
        : throw new TreeFormatException(
            $"The objective of an XGBoost model must be one of {string.Join(", ", Logistic.Concat(Identity))}. Got '{objective}'. Train with one of these.");

    private static int Features(JsonElement parameters)
    {
        const string place = "learner_model_param";
        int classes = parameters.IntegerText("num_class", place), features = parameters.IntegerText("num_feature", place);
        int targets = parameters.TryGetProperty("num_target", out _) ? parameters.IntegerText("num_target", place) : 1;
        if (classes > 1 || targets != 1)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"An XGBoost model must have one output. Got {classes} classes and {targets} targets. Train one model for each."));
        }

        return features is >= 1 and <= MaxFeatures
            ? features
            : throw XGBoostJsonMember.Fault($"An XGBoost model must have 1 to {MaxFeatures} features", FormattableString.Invariant($"{features}"));
    }

    private static List<Tree> Trees(JsonElement booster)
    {
        string name = booster.Text("name", "the gradient booster");
        if (name != "gbtree")
        {
            throw new TreeFormatException(
                $"An XGBoost model must be of booster 'gbtree'. Got '{name}'. Train with booster=gbtree{(name == "gblinear" ? ", or use logistic regression" : "")}.");
        }

        JsonElement model = booster.Member("model", "the gradient booster");
        JsonElement list = model.Array("trees", "the gradient booster");
        foreach (int group in model.Integers("tree_info", "the gradient booster", list.GetArrayLength()))
        {
            if (group != 0)
            {
                throw XGBoostJsonMember.Fault("All trees of an XGBoost model must be of group 0", FormattableString.Invariant($"group {group}"));
            }
        }

        if (model.TryGetProperty("cats", out JsonElement cats) && cats.ValueKind == JsonValueKind.Object
            && cats.TryGetProperty("enc", out JsonElement enc) && enc.ValueKind == JsonValueKind.Array && enc.GetArrayLength() > 0)
        {
            throw new TreeFormatException("An XGBoost model must split on category codes. Got a model that holds the categories of a data frame. Train on integer codes.");
        }

        CategorySetBudget budget = new();
        List<Tree> trees = [];
        foreach (JsonElement tree in list.EnumerateArray())
        {
            trees.Add(XGBoostTreeJson.Read(tree, FormattableString.Invariant($"tree {trees.Count}"), budget));
        }

        return trees;
    }

    private static void Start(List<Tree> trees, float margin)
    {
        if (trees.Count == 0)
        {
            trees.Add(Tree.OneLeaf(margin));
            return;
        }

        double[] leaves = trees[0].LeafValue;
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i] = margin + (float)leaves[i];
        }
    }

    // base_score is the prediction before any tree; since version 3.1 a list of one.
    private static float Margin(string text, string objective)
    {
        ReadOnlySpan<char> number = text.AsSpan().Trim().TrimStart('[').TrimEnd(']');
        bool logistic = objective is "binary:logistic" or "reg:logistic";
        if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float score) || !float.IsFinite(score)
            || (logistic && score is not (> 0 and < 1)))
        {
            throw XGBoostJsonMember.Fault($"The base_score of an XGBoost model must be a number{(logistic ? " in (0, 1)" : "")}", $"'{text}'");
        }

        return logistic ? -MathF.Log((1f / score) - 1f) : score;
    }

    private static string[] Texts(JsonElement learner, string name, int features)
    {
        if (!learner.TryGetProperty(name, out JsonElement list) || (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0))
        {
            return [];
        }

        return [.. learner.Array(name, Learner, features).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw XGBoostJsonMember.Fault($"'{name}' of {Learner} must hold texts", item.GetRawText()))];
    }

    private static bool?[] Categorical(string[] types, int features) =>
        types.Length == 0 ? new bool?[features] : System.Array.ConvertAll(types, type => (bool?)(type == "c"));
}
