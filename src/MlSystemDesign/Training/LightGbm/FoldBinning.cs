namespace MlSystemDesign.Training;

/// <summary>Where the bin boundaries of a fold come from: LightGBM sorts the values of a column into bins before it grows trees.</summary>
public enum FoldBinning
{
    /// <summary>Strict: from the rows that the fold trains on. The rows it holds out shape nothing, and each fold sorts its values anew.</summary>
    PerFold,

    /// <summary>Fast: from all training rows, once; each fold takes its part of the sorted values. The values of held-out rows, but not their targets, then shape the bins of the models that predict
    /// them. The final model is the same.</summary>
    Shared,
}
