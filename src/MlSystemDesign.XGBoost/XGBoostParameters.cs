using System.Globalization;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost;

/// <summary>XGBoost's parameters. Everything that shapes the model is written out, so that no default of another version changes a model.</summary>
internal static class XGBoostParameters
{
    /// <param name="options">The settings.</param>
    /// <param name="target">What is learnt; a value where the caller brings the gradients of margins.</param>
    /// <param name="mean">The weighted mean of the labels, or the margin, where the model starts.</param>
    /// <param name="seed">Of the draws of rows and columns.</param>
    public static IEnumerable<(string Name, string Value)> ForTraining(XGBoostOptions options, TargetKind target, double mean, int seed)
    {
        yield return ("booster", "gbtree");
        yield return ("objective", target == TargetKind.Probability ? "binary:logistic" : "reg:squarederror");
        yield return ("base_score", Text((float)mean));
        yield return ("scale_pos_weight", "1");
        yield return ("disable_default_eval_metric", "true");
        yield return ("validate_parameters", "false");
        yield return ("verbosity", "0");
        yield return ("nthread", "1");
        yield return XGBoostNative.Version.Major < 2 ? ("predictor", "cpu_predictor") : ("device", "cpu");

        // Draws of rows come from a generator of the thread, which other boosters use too: it is seeded anew in each round.
        yield return ("seed", Text(seed & int.MaxValue));
        yield return ("seed_per_iteration", "true");
        yield return ("tree_method", "hist");
        yield return ("process_type", "default");
        yield return ("grow_policy", "depthwise");
        yield return ("num_parallel_tree", "1");
        yield return ("max_depth", Text(options.MaxDepth));
        yield return ("max_leaves", "0");
        yield return ("max_bin", Text(options.MaxBins));
        yield return ("eta", Text(options.LearningRate));
        yield return ("gamma", Text(options.MinSplitGain));
        yield return ("min_child_weight", Text(options.MinChildWeight));
        yield return ("max_delta_step", "0");
        yield return ("lambda", Text(options.L2));
        yield return ("alpha", Text(options.L1));
        yield return ("subsample", Text(options.RowFraction));
        yield return ("sampling_method", "uniform");
        yield return ("colsample_bytree", Text(options.ColumnFraction));
        yield return ("colsample_bylevel", "1");
        yield return ("colsample_bynode", "1");
        yield return ("max_cat_to_onehot", "4");
        yield return ("max_cat_threshold", Text(options.MaxCategoriesPerSplit));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
