namespace MlSystemDesign.Testing.Tests.BadInput;

/// <summary>A test of all trainers; it is skipped, with those that cannot train here and the remedy, where a native library is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryTrainerFactAttribute : FactAttribute
{
    public EveryTrainerFactAttribute() => Skip = Trainers.Missing.Count == 0 ? null : string.Join(' ', Trainers.Missing.Select(t => $"{t.Key.Name}: {t.Value}"));
}
