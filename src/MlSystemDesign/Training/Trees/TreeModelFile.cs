namespace MlSystemDesign.Training.Trees;

/// <summary>What the model file of a boosting library says.</summary>
/// <param name="Ensemble">The trees.</param>
/// <param name="Target">What they predict; of a probability the margin times the sigmoid is the log-odds.</param>
/// <param name="Features">The names of the features in order; empty when the file has none.</param>
/// <param name="Categorical">Per feature whether the file says that it is categorical; <see langword="null"/> where it does not say.</param>
internal sealed record TreeModelFile(TreeEnsemble Ensemble, TargetKind Target, string[] Features, bool?[] Categorical);
