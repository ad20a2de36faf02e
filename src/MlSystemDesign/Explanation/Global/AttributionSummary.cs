using System.Globalization;
using MlSystemDesign.Statistics;
using MlSystemDesign.Training;

namespace MlSystemDesign.Explanation;

/// <summary>Takes attributions chunk by chunk and keeps what a <see cref="GlobalExplanation"/> needs of them.</summary>
/// <remarks>
/// Memory does not grow with the rows: some 64 × (4 numbers per feature + 3 per bin), the sample, and for interactions 64 × 2 numbers per pair of features.
/// The same rows in the same order give the same bits, however they are cut into chunks. Not safe for concurrent use.
/// </remarks>
public sealed class AttributionSummary
{
    // Salts the hash that deals entities to groups and to the sample; fixed, so that batches of one entity meet.
    private const string Salt = "attributions";

    private readonly TrainedModel _model;
    private readonly GlobalExplainerOptions _options;
    private readonly AttributionState _state;
    private readonly InteractionSums _interactions;
    private readonly double[] _ofFeature;
    private AttributionTable? _first;
    private int _rows;

    /// <summary>Creates an empty summary.</summary>
    /// <param name="model">The model that is explained; its calibrator gives the change of the prediction.</param>
    /// <param name="spread">Rows that show how the values of the columns are spread, for cutting bins: the training rows, or the first chunk. They are not explained here.</param>
    /// <param name="options">How finely to look; the defaults when absent. Not to be changed afterwards.</param>
    /// <param name="cancellationToken">Stops the cutting of bins, which sorts every number column.</param>
    /// <exception cref="ArgumentException">The rows lack a column of the model.</exception>
    /// <exception cref="PlanException">An option is outside its range.</exception>
    public AttributionSummary(TrainedModel model, FeatureTable spread, GlobalExplainerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(spread);
        _model = model;
        _options = options ?? new GlobalExplainerOptions();
        _options.Validate();
        FeatureTable aligned = spread.AlignTo(model.Schema);
        _state = new AttributionState(model.Schema, [.. Enumerable.Range(0, model.Schema.Count).Select(BinsOf)], _options.SampleSize);
        _interactions = new InteractionSums(_state);
        _ofFeature = new double[_state.Features.Length];

        ColumnBins BinsOf(int column)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ColumnBins.Of(aligned, column, _options);
        }
    }

    /// <summary>Adds attributions.</summary>
    /// <param name="attributions">n rows × the model's columns, not grouped; all of one explainer.</param>
    /// <param name="rows">The n rows that were explained.</param>
    /// <exception cref="ArgumentException">The attributions are of other rows or columns, not finite, or of another explainer than those before. Nothing of them was added.</exception>
    public void Add(AttributionTable attributions, FeatureTable rows)
    {
        FeatureTable aligned = AttributionRows.Align(attributions, rows, _model.Schema);
        RequireOneExplainer(attributions);
        RequireFinite(attributions);
        _first ??= attributions;
        for (int i = 0; i < aligned.RowCount; i++)
        {
            ulong hash = HashOf(aligned.Observations, i);
            AddRow(attributions.Row(i), attributions.Scores[i], aligned, i, _state.Sums.Of((int)(hash % GroupSums.Groups)));
            Keep(hash, attributions.Row(i), aligned, i);
        }

        _rows += aligned.RowCount;
    }

    /// <summary>Adds interactions, normally of some of the rows only.</summary>
    /// <param name="interactions">n rows × the model's columns, squared.</param>
    /// <exception cref="ArgumentException">They are of other columns, or not finite.</exception>
    public void Add(InteractionTable interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ObservationSet rows = interactions.Attributions.Observations;
        _interactions.Add(interactions, [.. Enumerable.Range(0, rows.Count).Select(i => (int)(HashOf(rows, i) % GroupSums.Groups))]);
    }

    /// <summary>Gives what was seen so far.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A result of its own: it does not change when more is added.</returns>
    public GlobalExplanation ToExplanation(CancellationToken cancellationToken = default) => new GlobalExplanationWriter(_state.Copy(), _options, _rows, cancellationToken).Write(_model.TargetKind, _first, _interactions);

    /// <summary>A number that is the same for an entity in every process.</summary>
    internal static ulong HashOf(ObservationSet rows, int row) => EntityHash.Of(rows.Entities[row], Salt);

    private void AddRow(ReadOnlySpan<double> attributions, double score, FeatureTable rows, int row, Span<double> sums)
    {
        sums[AttributionState.RowSlot]++;
        Array.Clear(_ofFeature);
        for (int c = 0; c < attributions.Length; c++)
        {
            double attribution = attributions[c];
            _ofFeature[_state.FeatureOf[c]] += attribution;
            sums[_state.ColumnSlot(c)] += Math.Abs(attribution);
            bool isNumber = rows.Schema[c].Kind == ColumnKind.Number;
            double value = isNumber ? rows.Numbers(c)[row] : 0;
            int slot = _state.BinSlot(c, isNumber ? _state.Bins[c].BinOf(value) : _state.Bins[c].BinOf(rows.Codes(c)[row]));
            sums[slot]++;
            sums[slot + 1] += attribution;
            sums[slot + 2] += value;
        }

        double prediction = _model.Calibrator.Calibrate(score);
        for (int f = 0; f < _ofFeature.Length; f++)
        {
            double attribution = _ofFeature[f], change = prediction - _model.Calibrator.Calibrate(score - attribution);
            int slot = AttributionState.FeatureSlot(f);
            sums[slot] += Math.Abs(attribution);
            sums[slot + 1] += attribution;
            sums[slot + 2] += Math.Abs(change);
            sums[slot + 3] += change;
        }
    }

    private void Keep(ulong hash, ReadOnlySpan<double> attributions, FeatureTable rows, int row)
    {
        long cutoff = rows.Observations.HasCutoffs ? rows.Observations.CutoffTicks[row] : 0;
        if (!_state.Sample.TryPlace(hash, cutoff, attributions.Length, out SampledRow? kept))
        {
            return;
        }

        attributions.CopyTo(kept.Attributions);
        for (int c = 0; c < attributions.Length; c++)
        {
            kept.Values[c] = rows.Schema[c].Kind == ColumnKind.Number ? rows.Numbers(c)[row] : rows.Codes(c)[row] is >= 0 and var code ? code : double.NaN;
        }
    }

    private void RequireOneExplainer(AttributionTable attributions)
    {
        if (_first is { } first && (first.BaseValue, first.Method, first.Cover) != (attributions.BaseValue, attributions.Method, attributions.Cover))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"All attributions of a summary must be of one explainer: base value {first.BaseValue:R}, {first.Method}. Got base value {attributions.BaseValue:R}, {attributions.Method}. Start another summary, and compare the two with AttributionDrift."),
                nameof(attributions));
        }
    }

    private static void RequireFinite(AttributionTable attributions)
    {
        for (int i = 0; i < attributions.RowCount; i++)
        {
            foreach (double value in attributions.Row(i))
            {
                if (!double.IsFinite(value))
                {
                    throw new ArgumentException(
                        $"Attributions must be finite. Got {value.ToString(CultureInfo.InvariantCulture)} in row {(i + 1).ToString(CultureInfo.InvariantCulture)}. Repair the explainer that gave it.", nameof(attributions));
                }
            }
        }
    }
}
