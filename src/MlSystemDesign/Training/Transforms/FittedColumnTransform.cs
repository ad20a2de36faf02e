using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>A fitted transform of single columns: columns that it does not change pass as they are, the others are replaced where they stood.</summary>
public sealed class FittedColumnTransform : IFittedTransform
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "transform.columns";

    internal FittedColumnTransform(FeatureSchema input, IReadOnlyList<ColumnStep> steps)
    {
        if (!steps.All(s => s.Fits(input)) || steps.Select(s => s.Column).Distinct().Count() < steps.Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The steps of a transform must each fit a column of its own among {input.Count} and be finite. Got {steps.Count} steps that do not. Fit the transform again."));
        }

        Input = input;
        Steps = steps;
        Output = new FeatureSchema(Columns(input, steps));
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public FeatureSchema Input { get; }

    /// <inheritdoc/>
    public FeatureSchema Output { get; }

    internal IReadOnlyList<ColumnStep> Steps { get; }

    /// <inheritdoc/>
    public FeatureTable Apply(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        FeatureTable rows = table.AlignTo(Input);
        return With(rows, step => step.Encode(rows));
    }

    /// <summary>Puts the columns of steps in place; used by fits whose training rows are encoded in another way.</summary>
    internal FeatureTable With(FeatureTable rows, Func<ColumnStep, IEnumerable<double[]>> encode)
    {
        Dictionary<int, ColumnStep> stepOf = Steps.ToDictionary(s => s.Column);
        List<ReadOnlyMemory<double>> numbers = [];
        List<ReadOnlyMemory<int>> codes = [];
        for (int c = 0; c < Input.Count; c++)
        {
            if (stepOf.TryGetValue(c, out ColumnStep? step))
            {
                foreach (double[] column in encode(step))
                {
                    numbers.Add(column);
                    codes.Add(default);
                }
            }
            else
            {
                numbers.Add(Input[c].Kind == ColumnKind.Number ? rows.Numbers(c).ToArray() : default);
                codes.Add(Input[c].Kind == ColumnKind.Category ? rows.Codes(c).ToArray() : default);
            }
        }

        return new FeatureTable(rows.Observations, Output, [.. numbers], [.. codes]);
    }

    private static List<FeatureColumn> Columns(FeatureSchema input, IReadOnlyList<ColumnStep> steps)
    {
        Dictionary<int, ColumnStep> stepOf = steps.ToDictionary(s => s.Column);

        // Columns that pass keep their names, whatever others are called.
        HashSet<string> names = new(input.Where((_, c) => !stepOf.ContainsKey(c)).Select(c => c.Name), StringComparer.Ordinal);
        List<FeatureColumn> columns = [];
        for (int c = 0; c < input.Count; c++)
        {
            FeatureColumn source = input[c];
            columns.AddRange(stepOf.TryGetValue(c, out ColumnStep? step) ? step.Names(source).Select(n => DerivedColumn.Of(source, n.Name, n.What, names)) : [source]);
        }

        return columns;
    }
}
