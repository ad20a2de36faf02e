using System.Globalization;
using System.Text;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Takes over boosted trees that LightGBM or XGBoost trained elsewhere. Reading and scoring need neither library, on any platform.</summary>
/// <remarks>
/// <para>Read are models of one output: LightGBM's text (version 3 and 4; objective binary as probabilities, regression as values), and XGBoost's JSON (<c>save_model("model.json")</c>
/// of versions 1.3 to 3.x, booster gbtree; objectives binary:logistic, binary:logitraw and reg:logistic as probabilities,
/// reg:squarederror, reg:absoluteerror and reg:pseudohubererror as values). Margins equal those of the library to the last bit: LightGBM
/// 4.7 and XGBoost 1.7.4 are tested against; XGBoost compares and sums in 32 bits, and so do its trees here. Of XGBoost, base_margin per row,
/// dart and gblinear are not read.</para>
/// <para>Categorical features must hold the codes that the model was trained with: the position of a level in the schema's
/// <see cref="FeatureColumn.Levels"/> is its code. A file can be damaged or made to harm: it is checked before it can score, and what is read
/// takes memory in proportion to its size.</para>
/// </remarks>
public static class TreeModelImport
{
    /// <summary>The most bytes of a model file that are read unless more are allowed: 256 MB.</summary>
    public const int DefaultMaxBytes = 256 << 20;

    /// <summary>Reads a LightGBM model text into a predictor, which gives log-odds, or values where the model predicts values.</summary>
    /// <param name="text">The text in UTF-8, read to its end.</param>
    /// <param name="maxBytes">Most bytes to read. At least 1.</param>
    /// <exception cref="TreeFormatException">The text is damaged, too long, or of a kind that is not read.</exception>
    public static TreePredictor FromLightGbmText(Stream text, int maxBytes = DefaultMaxBytes) => new(LightGbm(text, maxBytes).Ensemble);

    /// <summary>Reads a LightGBM model text into a model.</summary>
    /// <param name="text">The text in UTF-8, read to its end.</param>
    /// <param name="schema">The model's features in its order, by its names where it has some, with the levels of categories in the order of the codes.</param>
    /// <param name="maxBytes">Most bytes to read. At least 1.</param>
    /// <exception cref="TreeFormatException">The text is damaged, too long, or of a kind that is not read.</exception>
    /// <exception cref="ArgumentException">The schema is not that of the model; the message names the column, what was expected and what came.</exception>
    public static TrainedModel FromLightGbmText(Stream text, FeatureSchema schema, int maxBytes = DefaultMaxBytes) =>
        Model("LightGBM", LightGbm(text, maxBytes), schema);

    /// <summary>Reads a JSON model of XGBoost into a predictor, which gives log-odds, or values where the model predicts values.</summary>
    /// <param name="json">What <c>save_model("model.json")</c> wrote, read to its end.</param>
    /// <param name="maxBytes">Most bytes to read. At least 1.</param>
    /// <exception cref="TreeFormatException">The JSON is damaged, too long, or of a kind that is not read.</exception>
    public static TreePredictor FromXGBoostJson(Stream json, int maxBytes = DefaultMaxBytes) =>
        new(XGBoostModelJson.Read(ReadAll(json, maxBytes)).Ensemble);

    /// <summary>Reads a JSON model of XGBoost into a model.</summary>
    /// <param name="json">What <c>save_model("model.json")</c> wrote, read to its end.</param>
    /// <param name="schema">The model's features in its order, by its names where it has some, with the levels of categories in the order of the codes.</param>
    /// <param name="maxBytes">Most bytes to read. At least 1.</param>
    /// <exception cref="TreeFormatException">The JSON is damaged, too long, or of a kind that is not read.</exception>
    /// <exception cref="ArgumentException">The schema is not that of the model; the message names the column, what was expected and what came.</exception>
    public static TrainedModel FromXGBoostJson(Stream json, FeatureSchema schema, int maxBytes = DefaultMaxBytes) =>
        Model("XGBoost", XGBoostModelJson.Read(ReadAll(json, maxBytes)), schema);

    private static TreeModelFile LightGbm(Stream text, int maxBytes) =>
        LightGbmModelText.ReadFile(Encoding.UTF8.GetString(ReadAll(text, maxBytes).Span));

    private static TrainedModel Model(string algorithm, TreeModelFile file, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ImportedSchema.Require(file, schema);
        bool probability = file.Target == TargetKind.Probability;
        return new TrainedModel(algorithm, file.Target, schema, new TreePredictor(file.Ensemble), probability ? new SigmoidCalibrator() : new IdentityCalibrator(), new Dictionary<string, string>
        {
            ["origin"] = $"imported from {algorithm}",
            ["trees"] = file.Ensemble.Trees.Count.ToString(CultureInfo.InvariantCulture),
        });
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        using MemoryStream all = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (all.Length + read > maxBytes)
            {
                throw new TreeFormatException(FormattableString.Invariant(
                    $"A model file must have at most {maxBytes} bytes. Got more. Raise {nameof(maxBytes)} if the file comes from where you trust."));
            }

            all.Write(buffer.AsSpan(0, read));
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
