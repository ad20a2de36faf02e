using System.Buffers;
using System.Globalization;

namespace MlSystemDesign.Training.Trees;

/// <summary>Boosted trees: log-odds as the sum of one leaf per tree. Missing values go the way that training found best.</summary>
/// <remarks>Immutable and safe for concurrent use. Scores equal those of the library that trained the trees, to the last bit, and need nothing of it.</remarks>
public sealed class TreePredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.trees";

    private const int RowsPerBlock = 256;

    internal TreePredictor(TreeEnsemble ensemble) => Ensemble = ensemble;

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the number of trees.</summary>
    public int TreeCount => Ensemble.Trees.Count;

    /// <summary>Gets the number of columns that it takes.</summary>
    public int ColumnCount => Ensemble.FeatureCount;

    internal TreeEnsemble Ensemble { get; }

    /// <summary>Scores one row, without allocating: for a service that has the values at hand.</summary>
    /// <param name="row">One value per column of the model, in its order: numbers as they are, categories as their codes in the model's dictionaries, NaN for missing.</param>
    /// <returns>The raw score, as <see cref="Score(FeatureTable, Span{double})"/> gives it to the last bit: log-odds for a binary model; for regression the value itself, or its logarithm with <see cref="ScoreLink.Log"/>.</returns>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    public double Score(ReadOnlySpan<double> row) => Ensemble.Margin(row) * Ensemble.Sigmoid;

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Schema.Count != ColumnCount || scores.Length != table.RowCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The table must have the {ColumnCount} columns of the trees, and one place per row. Got {table.Schema.Count} columns, {table.RowCount} rows and {scores.Length} places. Align the table to the model's schema."));
        }

        double[] buffer = ArrayPool<double>.Shared.Rent(Math.Min(RowsPerBlock, table.RowCount) * ColumnCount);
        for (int first = 0; first < scores.Length; first += RowsPerBlock)
        {
            Span<double> margins = scores.Slice(first, Math.Min(RowsPerBlock, scores.Length - first));
            Span<double> rows = buffer.AsSpan(0, margins.Length * ColumnCount);
            FeatureRows.Fill(table, first, rows);
            Ensemble.Margins(rows, margins);
            for (int i = 0; i < margins.Length; i++)
            {
                margins[i] *= Ensemble.Sigmoid;
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
    }
}
