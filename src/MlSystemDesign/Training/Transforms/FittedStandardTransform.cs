using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>A fitted <see cref="StandardTransform"/>: gives finite number columns only.</summary>
public sealed class FittedStandardTransform : IFittedTransform
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "transform.standard";

    internal FittedStandardTransform(FeatureSchema input, IReadOnlyList<NumberStep> numbers, IReadOnlyList<CategoryStep> categories)
    {
        Check(input, numbers, categories);
        Input = input;
        Numbers = numbers;
        Categories = categories;
        Output = new FeatureSchema(Columns(input, numbers, categories));
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public FeatureSchema Input { get; }

    /// <inheritdoc/>
    public FeatureSchema Output { get; }

    internal IReadOnlyList<NumberStep> Numbers { get; }

    internal IReadOnlyList<CategoryStep> Categories { get; }

    /// <summary>Per column of <see cref="Output"/> the position in <see cref="Input"/> of the one column that it is made of.</summary>
    internal IReadOnlyList<int> InputOf =>
    [
        .. Numbers.SelectMany(s => Enumerable.Repeat(s.Column, (s.HasValue ? 1 : 0) + (s.Indicator ? 1 : 0))),
        .. Categories.SelectMany(s => Enumerable.Repeat(s.Column, s.Kept.Length + (s.Other ? 1 : 0) + (s.Missing ? 1 : 0))),
    ];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    /// <remarks>A missing value in a column that had none in training becomes the training mean (a number) or no level at all (a category).</remarks>
    public FeatureTable Apply(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        FeatureTable rows = table.AlignTo(Input);
        List<ReadOnlyMemory<double>> columns = [];
        foreach (NumberStep step in Numbers)
        {
            if (step.HasValue)
            {
                columns.Add(step.Standardize(rows.Numbers(step.Column), Input[step.Column].Name));
            }

            if (step.Indicator)
            {
                columns.Add(NumberStep.Missing(rows.Numbers(step.Column)));
            }
        }

        foreach (CategoryStep step in Categories)
        {
            foreach (double[] column in step.Encode(rows.Codes(step.Column).ToArray()))
            {
                columns.Add(column);
            }
        }

        return new FeatureTable(rows.Observations, Output, [.. columns], new ReadOnlyMemory<int>[columns.Count]);
    }

    private static List<FeatureColumn> Columns(FeatureSchema input, IReadOnlyList<NumberStep> numbers, IReadOnlyList<CategoryStep> categories)
    {
        List<FeatureColumn> columns = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (NumberStep step in numbers)
        {
            FeatureColumn source = input[step.Column];
            if (step.HasValue)
            {
                Add(source, source.Name, step.Log ? "standardised signed logarithm" : "standardised value");
            }

            if (step.Indicator)
            {
                Add(source, source.Name + " (missing)", "1 where missing");
            }
        }

        foreach (CategoryStep step in categories)
        {
            FeatureColumn source = input[step.Column];
            foreach ((string name, string what) in step.Names(source))
            {
                Add(source, name, what);
            }
        }

        return columns;

        void Add(FeatureColumn source, string name, string what) => columns.Add(DerivedColumn.Of(source, name, what, names));
    }

    private static void Check(FeatureSchema input, IReadOnlyList<NumberStep> numbers, IReadOnlyList<CategoryStep> categories)
    {
        bool numbersFit = numbers.All(s => IsColumn(s.Column, ColumnKind.Number) && double.IsFinite(s.Mean) && s.Scale >= 0 && double.IsFinite(s.Scale));
        bool categoriesFit = categories.All(s => IsColumn(s.Column, ColumnKind.Category)
            && s.Fits(input));
        bool once = numbers.Select(s => s.Column).Concat(categories.Select(s => s.Column)).Distinct().Count() == numbers.Count + categories.Count;
        if (!numbersFit || !categoriesFit || !once)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The steps of a transform must fit its {input.Count} input columns, each only once, and be finite. Got {numbers.Count} number and {categories.Count} category steps that do not. Fit the transform again."));
        }

        bool IsColumn(int column, ColumnKind kind) => column >= 0 && column < input.Count && input[column].Kind == kind;
    }
}
