using System.Globalization;
using System.Text;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>
/// Writes LightGBM's parameter strings. Everything that shapes the model is written out, so that no default of another version, and
/// nothing that LightGBM would derive from the number of rows, changes a model.
/// </summary>
internal static class LightGbmParameters
{
    /// <summary>The parameters of datasets and boosters; the same string serves both.</summary>
    public static string ForTraining(BoostingOptions options, ReadOnlySpan<int> categoricalColumns, int nativeThreads)
    {
        StringBuilder text = new();
        Add(text, "boosting", "gbdt");
        AddObjective(text, options);
        Add(text, "metric", "none");
        AddMachine(text, options, nativeThreads);
        AddTrees(text, options);
        AddSampling(text, options);
        AddBinning(text, options, categoricalColumns);
        AddOff(text);
        return text.ToString();
    }

    public static string ForPrediction(int nativeThreads)
    {
        StringBuilder text = new(ForThread(nativeThreads));
        Add(text, "pred_early_stop", false);
        Add(text, "predict_disable_shape_check", false);
        return text.ToString();
    }

    public static string ForThread(int nativeThreads)
    {
        StringBuilder text = new();
        Add(text, "num_threads", nativeThreads);
        Add(text, "verbosity", -1);
        return text.ToString();
    }

    private static void AddObjective(StringBuilder text, BoostingOptions options)
    {
        Add(text, "boost_from_average", options.Loss is null);
        if (options.Loss is not null)
        {
            Add(text, "objective", "custom");
            return;
        }

        if (options.Target == TargetKind.Value)
        {
            Add(text, "objective", "regression");
            Add(text, "reg_sqrt", false);
            return;
        }

        Add(text, "objective", "binary");
        Add(text, "sigmoid", 1);
        Add(text, "is_unbalance", false);
        Add(text, "scale_pos_weight", 1);
    }

    private static void AddMachine(StringBuilder text, BoostingOptions options, int nativeThreads)
    {
        Add(text, "tree_learner", "serial");
        Add(text, "device_type", "cpu");
        Add(text, "num_threads", nativeThreads);
        Add(text, "verbosity", -1);

        // Column-wise, one thread sums one histogram; row-wise, the sums depend on the number of threads.
        Add(text, "deterministic", true);
        Add(text, "force_col_wise", true);
        Add(text, "force_row_wise", false);
        Add(text, "histogram_pool_size", -1);
        Add(text, "seed", options.Seed);
        Add(text, "objective_seed", options.Seed);
        Add(text, "extra_seed", options.Seed);
        Add(text, "drop_seed", options.Seed);
        Add(text, "data_random_seed", options.Seed);
    }

    private static void AddTrees(StringBuilder text, BoostingOptions options)
    {
        Add(text, "learning_rate", options.LearningRate);
        Add(text, "num_leaves", options.Leaves);
        Add(text, "max_depth", -1);
        Add(text, "min_data_in_leaf", options.MinDataInLeaf);
        Add(text, "min_sum_hessian_in_leaf", options.MinHessianInLeaf);
        Add(text, "lambda_l1", 0);
        Add(text, "lambda_l2", options.Lambda);
        Add(text, "min_gain_to_split", 0);
        Add(text, "max_delta_step", 0);
        Add(text, "path_smooth", 0);
        Add(text, "min_data_per_group", options.MinDataPerGroup);
        Add(text, "max_cat_threshold", options.MaxCatThreshold);
        Add(text, "cat_l2", options.CatL2);
        Add(text, "cat_smooth", options.CatSmooth);
        Add(text, "max_cat_to_onehot", options.MaxCatToOneHot);
        if (options.Monotone.Any(direction => direction != 0))
        {
            Add(text, "monotone_constraints", string.Join(',', options.Monotone.Select(direction => direction.ToString(CultureInfo.InvariantCulture))));
            Add(text, "monotone_constraints_method", "intermediate");
            Add(text, "monotone_penalty", 0);
        }
    }

    private static void AddSampling(StringBuilder text, BoostingOptions options)
    {
        Add(text, "data_sample_strategy", "bagging");
        Add(text, "bagging_fraction", options.BaggingFraction);
        Add(text, "pos_bagging_fraction", 1);
        Add(text, "neg_bagging_fraction", 1);
        Add(text, "bagging_freq", options.BaggingFraction < 1 ? 1 : 0);
        Add(text, "bagging_by_query", false);
        Add(text, "bagging_seed", options.Seed);
        Add(text, "feature_fraction", options.FeatureFraction);
        Add(text, "feature_fraction_bynode", 1);
        Add(text, "feature_fraction_seed", options.Seed);
    }

    private static void AddBinning(StringBuilder text, BoostingOptions options, ReadOnlySpan<int> categoricalColumns)
    {
        Add(text, "max_bin", options.MaxBin);
        Add(text, "min_data_in_bin", 3);
        Add(text, "bin_construct_sample_cnt", 200_000);
        Add(text, "feature_pre_filter", false);
        Add(text, "use_missing", true);
        Add(text, "zero_as_missing", false);
        Add(text, "is_enable_sparse", true);

        // Bundled features may collide in a few rows, which then train in another leaf than they are scored in.
        Add(text, "enable_bundle", false);
        Add(text, "pre_partition", false);
        Add(text, "two_round", false);
        if (!categoricalColumns.IsEmpty)
        {
            List<string> columns = [];
            foreach (int column in categoricalColumns)
            {
                columns.Add(column.ToString(CultureInfo.InvariantCulture));
            }

            Add(text, "categorical_feature", string.Join(',', columns));
        }
    }

    private static void AddOff(StringBuilder text)
    {
        Add(text, "extra_trees", false);
        Add(text, "linear_tree", false);
        Add(text, "use_quantized_grad", false);
        Add(text, "early_stopping_round", 0);
        Add(text, "saved_feature_importance_type", 0);
    }

    private static void Add(StringBuilder text, string name, bool value) => Add(text, name, value ? "true" : "false");

    private static void Add(StringBuilder text, string name, double value) =>
        Add(text, name, value.ToString("R", CultureInfo.InvariantCulture));

    private static void Add(StringBuilder text, string name, string value)
    {
        if (text.Length > 0)
        {
            text.Append(' ');
        }

        text.Append(name).Append('=').Append(value);
    }
}
