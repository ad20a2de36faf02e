namespace MlSystemDesign.Testing.Checks;

/// <summary>What one check saw.</summary>
/// <param name="Status">Whether it ran.</param>
/// <param name="Detail">What was looked at, or why it did not run, or the evidence.</param>
/// <param name="IsBroken">Whether the detail is evidence of a broken promise.</param>
internal readonly record struct CheckResult(CheckStatus Status, string Detail, bool IsBroken = false)
{
    internal static CheckResult Kept(string detail) => new(CheckStatus.Run, detail);

    internal static CheckResult Broken(string evidence) => new(CheckStatus.Run, evidence, IsBroken: true);

    internal static CheckResult Undefined(string reason) => new(CheckStatus.Undefined, reason);

    /// <summary>Returns kept when something holds, otherwise broken.</summary>
    internal static CheckResult Of(bool holds, string detail, string evidence) => holds ? Kept(detail) : Broken(evidence);
}
