namespace MlSystemDesign.Training;

/// <summary>Fitted transforms, one after the other.</summary>
public sealed class FittedPipeline : IFittedTransform
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "transform.pipeline";

    internal FittedPipeline(FeatureSchema input, IReadOnlyList<IFittedTransform> transforms)
    {
        FeatureSchema schema = input;
        foreach (IFittedTransform transform in transforms)
        {
            if (!transform.Input.SequenceEqual(schema))
            {
                throw new ArgumentException("Each transform of a pipeline must take the columns that the one before gives. Got other columns. Fit the pipeline again.");
            }

            schema = transform.Output;
        }

        Input = input;
        Output = schema;
        Transforms = transforms;
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public FeatureSchema Input { get; }

    /// <inheritdoc/>
    public FeatureSchema Output { get; }

    /// <summary>Gets the transforms, in the order of their use.</summary>
    public IReadOnlyList<IFittedTransform> Transforms { get; }

    /// <inheritdoc/>
    public FeatureTable Apply(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Transforms.Aggregate(table.AlignTo(Input), (rows, transform) => transform.Apply(rows));
    }
}
