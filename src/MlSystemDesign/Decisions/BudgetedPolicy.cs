using System.Globalization;

namespace MlSystemDesign.Decisions;

/// <summary>Chooses, for each candidate, the action that brings most, within budget and capacities; "no action" always exists and wins
/// ties.</summary>
/// <remarks>
/// <para>The expected value of an action is probability × effect × value − cost. At most one action per entity and run. An action whose
/// expected value is not above zero is never
/// chosen, and neither is one whose eligibility rules the candidate does not pass. A candidate whose value or probability is unknown (NaN)
/// gets no action, with that reason.</para>
/// <para>An action may reach its entity from cutoff + the intervention's lead time and must do so before cutoff + the frame's lead time,
/// where the label window starts. An intervention that takes longer than
/// that is refused. When both are equal (zero included), the action must happen at that instant.</para>
/// <para>Capacities alone are solved exactly. With a budget the result is within <see cref="DecisionSet.OptimalityGap"/> of the best
/// possible, usually less than one contact, and the value never
/// falls when the budget grows. Amounts are decided on, summed and reported exactly, in millionths of the major unit; the whole list fits
/// the budget in minor units. Costs finer than a
/// millionth count as the next one. Amounts above 1e12 are refused.</para>
/// <para>Immutable and safe for concurrent use. Equal candidates in any order give equal decisions. Sorting and one heap per pair of
/// actions: 50,000 candidates and three actions take a fraction of a second.</para>
/// </remarks>
public sealed class BudgetedPolicy : IDecisionPolicy
{
    /// <summary>The kind of this part in an artifact.</summary>
    public const string ArtifactKind = "policy.budgeted";

    /// <summary>Creates a policy.</summary>
    /// <param name="options">How it decides besides the case; the defaults when absent.</param>
    /// <exception cref="ArgumentException">The minimum expected value is negative.</exception>
    public BudgetedPolicy(BudgetedPolicyOptions? options = null)
    {
        Options = options ?? new BudgetedPolicyOptions();
        if (Options.MinimumExpectedValue is { Amount: < 0 } minimum)
        {
            throw new ArgumentException($"The minimum expected value must not be negative. Got {minimum}. Leave it out to ask for more than zero.", nameof(options));
        }
    }

    /// <summary>Gets how it decides besides the case.</summary>
    public BudgetedPolicyOptions Options { get; }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of probabilities is not that of the candidates, or one lies outside [0, 1].</exception>
    public ValueTask<DecisionSet> DecideAsync(DecisionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        RequireProbabilities(context);
        BusinessCase @case = context.Case.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        CandidateActions candidates = CandidateActions.Of(context, Options);
        AllocationProblem problem = new(
            candidates.Rows.Length,
            [.. @case.Interventions.Select(i => CandidateActions.ToMicro(i.Cost.Amount))],
            candidates.Gains,
            @case.Budget is { } budget ? BudgetOf(budget) : null,
            @case.Capacity,
            [.. @case.Interventions.Select(i => (long?)i.Capacity)]);
        Allocation allocation = ExchangeAllocator.Solve(problem, cancellationToken);
        return ValueTask.FromResult(new DecisionWriter(candidates, problem, allocation).Write());
    }

    // The budget in whole minor units, at the grain of the allocation.
    private static Int128 BudgetOf(Money budget) => (Int128)(budget.Rounded().Amount * CandidateActions.Micro);

    private static void RequireProbabilities(DecisionContext context)
    {
        if (context.Probabilities.Length != context.Candidates.RowCount)
        {
            throw new ArgumentException(
                $"Each candidate must have one probability. Got {context.Candidates.RowCount} candidates and {context.Probabilities.Length} probabilities. Predict the same table.", nameof(context));
        }

        foreach (double probability in context.Probabilities.Span)
        {
            if (probability is < 0 or > 1)
            {
                throw new ArgumentException(
                    $"A probability must lie in [0, 1]. Got {probability.ToString(CultureInfo.InvariantCulture)}. Pass calibrated predictions of a yes/no outcome.", nameof(context));
            }
        }

        if (!(context.CalibrationError >= 0) || double.IsInfinity(context.CalibrationError))
        {
            throw new ArgumentException(
                $"The calibration error must be finite and not negative. Got {context.CalibrationError.ToString(CultureInfo.InvariantCulture)}. Pass a relative standard error, or 0 when unknown.", nameof(context));
        }
    }
}
