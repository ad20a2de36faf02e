namespace MlSystemDesign.Features;

/// <summary>A family of windows and the tasks over it.</summary>
/// <param name="Family">The windows.</param>
/// <param name="Position">Its position among all families of the plan.</param>
/// <param name="Tasks">The tasks.</param>
internal sealed record FamilyPlan(WindowFamily Family, int Position, FamilyTask[] Tasks);
