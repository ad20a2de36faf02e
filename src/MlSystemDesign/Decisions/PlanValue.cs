namespace MlSystemDesign.Decisions;

/// <summary>A contact that somebody plans: a rule of the business, a list by hand, or chance.</summary>
/// <param name="Row">The candidate, from 0.</param>
/// <param name="Intervention">The name of the intervention.</param>
/// <param name="Share">The probability with which the contact is made, in [0, 1]. Below 1 for a plan that draws at random.</param>
public readonly record struct PlannedContact(int Row, string Intervention, double Share = 1);

/// <summary>Values any plan as the policy values its own: what a rule of thumb would bring, with the same probabilities, effects and interval.</summary>
public static class PlanValue
{
    /// <summary>Estimates what a plan brings, net of cost. Budget, capacities and eligibility are not checked: the plan is valued as it is.</summary>
    /// <param name="context">Case, candidates and probabilities.</param>
    /// <param name="contacts">The plan; a row whose value at stake is unknown brings nothing and costs what it costs.</param>
    /// <returns>The expected value Σ share (p × effect × value − cost), with the interval of <see cref="DecisionSet.ExpectedValue"/>.</returns>
    /// <exception cref="ArgumentException">A row or an intervention does not exist, or a share is outside [0, 1].</exception>
    public static MoneyEstimate Of(DecisionContext context, IReadOnlyCollection<PlannedContact> contacts)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(contacts);
        IReadOnlyList<Intervention> interventions = context.Case.Interventions;
        Dictionary<string, int> indexOf = interventions.Select((intervention, k) => KeyValuePair.Create(intervention.Name, k)).ToDictionary(StringComparer.Ordinal);
        ReadOnlySpan<double> amounts = context.Case.Kpi.Value.Amounts(context.Candidates).Amounts.Span;
        ReadOnlySpan<double> probabilities = context.Probabilities.Span;
        double[] atStake = new double[interventions.Count];
        double net = 0;
        foreach (PlannedContact contact in contacts.OrderBy(c => c.Row).ThenBy(c => c.Intervention, StringComparer.Ordinal))
        {
            if (contact.Row < 0 || contact.Row >= probabilities.Length || contact.Share is not (>= 0 and <= 1) || !indexOf.TryGetValue(contact.Intervention, out int k))
            {
                throw new ArgumentException(
                    $"A planned contact must name one of {probabilities.Length} rows and one of: {string.Join(", ", indexOf.Keys)}, with a share in [0, 1]. " +
                    $"Got row {contact.Row}, '{contact.Intervention}', {contact.Share.ToString(System.Globalization.CultureInfo.InvariantCulture)}. Plan for the candidates of the context.",
                    nameof(contacts));
            }

            double amount = double.IsNaN(amounts[contact.Row]) ? 0 : probabilities[contact.Row] * amounts[contact.Row] * contact.Share;
            atStake[k] += amount;
            net += (interventions[k].Effect.RelativeReduction * amount) - (contact.Share * (double)interventions[k].Cost.Amount);
        }

        return new DecisionMoney(context).Estimate((Int128)Math.Round(net * (double)CandidateActions.Micro), atStake);
    }
}
