using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlSystemDesign.Training.MlNet;

/// <summary>A trained model as a step of an ML.NET pipeline: appends its predictions, under ML.NET's names, row by row.</summary>
internal sealed class ModelTransformer(TrainedModel model, double? threshold) : ITransformer
{
    public bool IsRowToRowMapper => true;

    internal TrainedModel Model => model;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _ = InputColumns.Find(model.Schema, inputSchema);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(inputSchema);
        builder.AddColumn("Score", NumberDataViewType.Single);
        if (model.TargetKind == TargetKind.Probability)
        {
            builder.AddColumn("Probability", NumberDataViewType.Single);
            if (threshold is not null)
            {
                builder.AddColumn("PredictedLabel", BooleanDataViewType.Instance);
            }
        }

        return builder.ToSchema();
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(input, GetRowToRowMapper(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "A model must be saved with ArtifactFile.Save, which writes no type names and whose files run no code when they are loaded. Got a request to save it in ML.NET's file. Save the transformers in front of it with ML.NET and the model with ArtifactFile.Save, and append model.ToTransformer() again after loading both.");

    /// <summary>How to read an appended column, by its place among them.</summary>
    internal Delegate Getter(int place, Func<(double Score, double Prediction)> scored)
    {
        ValueGetter<float> score = (ref float value) => value = (float)scored().Score;
        ValueGetter<float> prediction = (ref float value) => value = (float)scored().Prediction;
        ValueGetter<bool> label = (ref bool value) => value = scored().Prediction >= threshold;
        return place switch
        {
            0 => model.TargetKind == TargetKind.Probability ? score : prediction,
            1 => prediction,
            _ => label,
        };
    }

    private ScoringMapper GetRowToRowMapper(DataViewSchema inputSchema) => new(this, inputSchema, GetOutputSchema(inputSchema));
}
