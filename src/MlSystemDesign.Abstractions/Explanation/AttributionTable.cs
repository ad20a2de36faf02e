using System.Globalization;

namespace MlSystemDesign;

/// <summary>How much each feature moved each score: base value + the attributions of a row = its score.</summary>
/// <remarks>
/// SHAP values (Lundberg and Lee, NeurIPS 2017): Shapley values of the game in which the known features play for the model's score. All on the scale
/// of the raw score, which is log-odds for the built-in models; a positive value raises the score. Immutable.
/// </remarks>
public sealed class AttributionTable
{
    private readonly string[] _columns;
    private readonly string[] _groups;
    private readonly double[] _scores;
    private readonly double[] _values;

    /// <summary>Creates a table; the arrays are not changed afterwards.</summary>
    /// <param name="observations">n rows.</param>
    /// <param name="schema">The c columns that are explained.</param>
    /// <param name="baseValue">The score when no feature is known.</param>
    /// <param name="scores">n raw scores.</param>
    /// <param name="values">n × c attributions, row by row.</param>
    /// <param name="method">What unknown features are compared with.</param>
    /// <param name="cover">What the trees weigh branches by; none where no trees do.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public AttributionTable(
        ObservationSet observations, FeatureSchema schema, double baseValue, double[] scores, double[] values, AttributionMethod method, CoverKind cover = CoverKind.None)
        : this(observations, Names(schema), [.. schema.Select(c => c.Group)], baseValue, scores, values, method, cover)
    {
    }

    private AttributionTable(
        ObservationSet observations, string[] columns, string[] groups, double baseValue, double[] scores, double[] values, AttributionMethod method, CoverKind cover)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(values);
        if (scores.Length != observations.Count || values.LongLength != (long)observations.Count * columns.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"There must be a score per row and an attribution per row and column ({observations.Count} × {columns.Length}). Got {scores.Length} scores and {values.Length} attributions. Fill both."));
        }

        Observations = observations;
        BaseValue = baseValue;
        Method = method;
        Cover = cover;
        _columns = columns;
        _groups = groups;
        _scores = scores;
        _values = values;
    }

    /// <summary>Gets the rows.</summary>
    public ObservationSet Observations { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount => _scores.Length;

    /// <summary>Gets the names of what is explained, in order: the model's columns, or business features (see <see cref="ByGroup"/>).</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Gets the score when no feature is known: the mean score under the cover or over the background.</summary>
    public double BaseValue { get; }

    /// <summary>Gets n raw scores, before calibration.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Gets what unknown features were compared with.</summary>
    public AttributionMethod Method { get; }

    /// <summary>Gets what the trees weigh branches by; <see cref="CoverKind.None"/> where no trees do.</summary>
    public CoverKind Cover { get; }

    /// <summary>Gets one attribution.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="column">From 0, in the order of <see cref="Columns"/>.</param>
    public double this[int row, int column] => Row(row)[column];

    /// <summary>Gets the attributions of a row, in the order of <see cref="Columns"/>.</summary>
    /// <param name="row">From 0.</param>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * _columns.Length, _columns.Length);

    /// <summary>Adds the attributions of columns that belong to one business feature (<see cref="FeatureColumn.Group"/>). Each row still adds up to its score.</summary>
    /// <returns>n rows × the groups, in the order in which they first occur.</returns>
    public AttributionTable ByGroup()
    {
        string[] groups = [.. _groups.Distinct(StringComparer.Ordinal)];
        int[] groupOf = [.. _groups.Select(g => Array.IndexOf(groups, g))];
        double[] values = new double[RowCount * groups.Length];
        for (int i = 0; i < RowCount; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                values[(i * groups.Length) + groupOf[c]] += row[c];
            }
        }

        return new AttributionTable(Observations, groups, groups, BaseValue, _scores, values, Method, Cover);
    }

    private static string[] Names(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return [.. schema.Select(c => c.Name)];
    }
}
