namespace MlSystemDesign.Benchmarks.Models;

/// <summary>A model with the figures that it is held against.</summary>
/// <param name="Trainer">With its default settings.</param>
/// <param name="Reference">What an independent tool reached: an AUC, or savings where there are costs.</param>
/// <param name="ReferenceLoss">The log loss that it reached, where it is known.</param>
/// <param name="Floor">A bar that is a number; without it the bar is the reference less one standard deviation over the seeds.</param>
internal sealed record ModelBar(IModelTrainer Trainer, double Reference, double? ReferenceLoss = null, double? Floor = null);
