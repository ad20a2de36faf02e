using MlSystemDesign;

namespace ChurnRetention.Job;

/// <summary>One contact of a simple plan: a row of the candidates and an intervention of the case.</summary>
internal readonly record struct PlannedContact(int Row, int Intervention);

/// <summary>What a business would do without the system, valued with the same probabilities, effects and amounts.</summary>
internal static class Baselines
{
    /// <summary>Goes down a ranked list: the first intervention while budget and capacity last, then the next.</summary>
    public static List<PlannedContact> InOrder(IReadOnlyList<int> ranked, BusinessCase @case)
    {
        List<PlannedContact> contacts = [];
        Money left = @case.Budget ?? new Money(decimal.MaxValue / 1000, @case.Kpi.Currency);
        for (int a = 0; a < @case.Interventions.Count; a++)
        {
            Intervention intervention = @case.Interventions[a];
            for (int made = 0; made < (intervention.Capacity ?? int.MaxValue) && intervention.Cost.Fits(left) && contacts.Count < ranked.Count; made++)
            {
                contacts.Add(new PlannedContact(ranked[contacts.Count], a));
                left -= intervention.Cost;
            }
        }

        return contacts;
    }

    /// <summary>Ranks by silence, longest first; a customer without any event first of all.</summary>
    public static List<int> BySilence(FeatureTable candidates, string recencyColumn)
    {
        double[] silence = candidates.Numbers(recencyColumn).ToArray();
        return [.. Enumerable.Range(0, silence.Length).OrderByDescending(i => double.IsNaN(silence[i]) ? double.MaxValue : silence[i]).ThenBy(i => candidates.Observations.Entities[i])];
    }

    /// <summary>The expected value of a plan, net of cost, by a value per row and intervention.</summary>
    public static double ValueOf(IEnumerable<PlannedContact> contacts, Func<int, int, double> value) => contacts.Sum(c => value(c.Row, c.Intervention));

    /// <summary>The expected value of going down a random list: every candidate is equally likely to get each contact.</summary>
    public static double ValueOfRandom(int candidates, BusinessCase @case, Func<int, int, double> value)
    {
        List<PlannedContact> any = InOrder([.. Enumerable.Range(0, candidates)], @case);
        return Enumerable.Range(0, @case.Interventions.Count)
            .Sum(a => any.Count(c => c.Intervention == a) is int made and > 0 ? made * Enumerable.Range(0, candidates).Average(i => value(i, a)) : 0);
    }

    /// <summary>The value that the system itself expects of a contact: probability times effect times amount, less the cost.</summary>
    public static Func<int, int, double> Expected(BusinessCase @case, FeatureTable candidates, ReadOnlyMemory<double> probabilities)
    {
        ReadOnlyMemory<double> amounts = @case.Kpi.Value.Amounts(candidates).Amounts;
        return (row, a) =>
        {
            Intervention intervention = @case.Interventions[a];
            double amount = amounts.Span[row];
            return (probabilities.Span[row] * intervention.Effect.RelativeReduction * (double.IsNaN(amount) ? 0 : amount)) - (double)intervention.Cost.Amount;
        };
    }
}
