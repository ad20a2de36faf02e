using MlSystemDesign;
using MlSystemDesign.Decisions;

namespace ChurnRetention.Job;

/// <summary>What a business would do without the system, as plans for the same candidates within the same budget and capacities.</summary>
internal static class Baselines
{
    /// <summary>Goes down a ranked list: the first intervention while budget and capacity last, then the next.</summary>
    public static List<PlannedContact> InOrder(IReadOnlyList<int> ranked, BusinessCase @case)
    {
        List<PlannedContact> contacts = [];
        Money left = @case.Budget ?? new Money(decimal.MaxValue / 1000, @case.Kpi.Currency);
        foreach (Intervention intervention in @case.Interventions)
        {
            for (int made = 0; made < (intervention.Capacity ?? int.MaxValue) && intervention.Cost.Fits(left) && contacts.Count < ranked.Count; made++)
            {
                contacts.Add(new PlannedContact(ranked[contacts.Count], intervention.Name));
                left -= intervention.Cost;
            }
        }

        return contacts;
    }

    /// <summary>Longest silence first; a customer without any event first of all.</summary>
    public static List<PlannedContact> BySilence(FeatureTable candidates, string recencyColumn, BusinessCase @case)
    {
        double[] silence = candidates.Numbers(recencyColumn).ToArray();
        return InOrder(
            [.. Enumerable.Range(0, silence.Length).OrderByDescending(i => double.IsNaN(silence[i]) ? double.MaxValue : silence[i]).ThenBy(i => candidates.Observations.Entities[i])], @case);
    }

    /// <summary>Down a random list: every candidate is equally likely to get each contact.</summary>
    public static List<PlannedContact> AtRandom(int candidates, BusinessCase @case) =>
        [.. InOrder([.. Enumerable.Range(0, candidates)], @case).GroupBy(c => c.Intervention, StringComparer.Ordinal)
            .SelectMany(made => Enumerable.Range(0, candidates).Select(row => new PlannedContact(row, made.Key, (double)made.Count() / candidates)))];
}
