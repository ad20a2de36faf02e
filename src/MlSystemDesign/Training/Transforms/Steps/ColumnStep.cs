using System.Text.Json.Serialization;

namespace MlSystemDesign.Training;

/// <summary>What was fitted to one column: it gives number columns in its place.</summary>
/// <param name="Column">Its position in the input.</param>
[JsonDerivedType(typeof(ImputationStep), "imputation")]
[JsonDerivedType(typeof(ScalingStep), "scaling")]
[JsonDerivedType(typeof(OneHotStep), "one-hot")]
[JsonDerivedType(typeof(LevelValueStep), "level-value")]
internal abstract record ColumnStep(int Column)
{
    /// <summary>The names of the columns that it gives, and what they say.</summary>
    internal abstract IEnumerable<(string Name, string What)> Names(FeatureColumn source);

    /// <summary>The columns that it gives.</summary>
    internal abstract IEnumerable<double[]> Encode(FeatureTable rows);

    /// <summary>Whether it belongs to the columns of this schema and is finite.</summary>
    internal abstract bool Fits(FeatureSchema input);

    private protected bool IsColumn(FeatureSchema input, ColumnKind kind) => Column >= 0 && Column < input.Count && input[Column].Kind == kind;
}
