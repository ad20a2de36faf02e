using MlSystemDesign.Features;

namespace MlSystemDesign.Testing;

/// <summary>How many random cases are tried, and what a builder does not claim to support.</summary>
public sealed record FeatureConformanceOptions
{
    /// <summary>Gets the seed. The default is 1; equal seeds give equal cases.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets how many cases are tried, at least 1. The default is 200. A case compares 5 to 30 rows of up to 12 features.</summary>
    public int Cases { get; init; } = 200;

    /// <summary>Gets the number of the first case, from 0. With <see cref="Cases"/> 1 it repeats the one that a failure names.</summary>
    public int FirstCase { get; init; }

    /// <summary>Gets the aggregates that may be asked for. The default is all but expressions, whose operands are other features. <see cref="FeatureAggregate.Custom"/> asks the
    /// builder to run an <see cref="IWindowAggregate"/> that tells every fact it is shown apart.</summary>
    public IReadOnlyList<FeatureAggregate> Aggregates { get; init; } = [.. Enum.GetValues<FeatureAggregate>().Where(a => a != FeatureAggregate.Expression)];

    /// <summary>Gets the kinds of windows that may be asked for. The default is all.</summary>
    public IReadOnlyList<WindowKind> Windows { get; init; } = Enum.GetValues<WindowKind>();

    /// <summary>Gets a value indicating whether windows may end some time before the cutoff. The default is <see langword="true"/>.</summary>
    public bool LaggedWindows { get; init; } = true;

    /// <summary>Gets a value indicating whether events may be revised and retracted. The default is <see langword="true"/>.</summary>
    public bool Revisions { get; init; } = true;

    /// <summary>Gets a value indicating whether facts and cutoffs may lie at the first and last instants there are. The default is <see langword="true"/>.</summary>
    public bool EdgesOfTime { get; init; } = true;

    /// <summary>Gets a value indicating whether the rows of a case (<see cref="FeatureConformanceCase.Arrivals"/>) come in the order in which they became known, as in a stream without
    /// delays. The default is <see langword="false"/>: any order, so that late rows, and corrections before what they correct, are tried.</summary>
    public bool ArriveAsKnown { get; init; }

    /// <summary>Gets the relative error that is allowed. The default is 0: numbers must be those of the definition, where it is exact (counts, sums from the newest to the oldest
    /// value, order statistics, times), and within 1e-9 of it for moments, slopes and decays, which are compared with exact arithmetic.</summary>
    public double Tolerance { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Cases, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstCase);
        if (!double.IsFinite(Tolerance) || Tolerance < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be finite and not negative. Use 0 for exact.");
        }

        if (Aggregates.Count == 0 || Aggregates.Contains(FeatureAggregate.Expression))
        {
            throw new ArgumentException(
                $"There must be an aggregate to ask for, and expressions cannot be. Got {(Aggregates.Count == 0 ? "none" : "Expression")}. List those that the builder computes.", nameof(Aggregates));
        }

        if (Windows.Count == 0 || (Aggregates.Contains(FeatureAggregate.Coverage) && !Windows.Contains(WindowKind.Fixed)))
        {
            throw new ArgumentException(
                $"There must be a kind of window to ask for, and coverage needs a fixed one. Got {(Windows.Count == 0 ? "none" : string.Join(", ", Windows))}. Add Fixed, or leave Coverage out.", nameof(Windows));
        }
    }
}
