namespace MlSystemDesign.Features;

/// <summary>A family of windows and the tasks over it.</summary>
internal sealed record FamilyPlan(WindowFamily Family, FamilyTask[] Tasks);
