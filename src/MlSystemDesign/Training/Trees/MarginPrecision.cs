namespace MlSystemDesign.Training.Trees;

/// <summary>In which numbers the leaves of a row are added up, one after the other in boosting order.</summary>
internal enum MarginPrecision : byte
{
    /// <summary>64 bits, as LightGBM does.</summary>
    Double = 0,

    /// <summary>32 bits, rounded after every tree, as XGBoost does.</summary>
    Single = 1,
}
