using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Benchmarks.Explanation;

/// <summary>A model to explain, and the library that trained it.</summary>
/// <param name="Name">The model in words.</param>
/// <param name="Library">The library.</param>
/// <param name="Bar">How many times faster its explanations are to be.</param>
/// <param name="Closest">The largest difference that the library's own precision allows.</param>
/// <param name="BoundsOneRow">Whether a score with its explanation has a bar.</param>
/// <param name="Model">The model.</param>
/// <param name="Ensemble">Its trees.</param>
/// <param name="Native">The library's own contributions of so many first rows, each row's followed by the base value.</param>
/// <param name="Table">Some rows as a table: the first, and how many.</param>
internal sealed record ExplainSubject(
    string Name, string Library, int Bar, double Closest, bool BoundsOneRow, TrainedModel Model, TreeEnsemble Ensemble, Func<int, double[]> Native, Func<int, int, FeatureTable> Table);
