namespace MlSystemDesign.Evaluation;

/// <summary>What the first contacts bring, as more and more are made, in the order of expected value net of cost; judged by the outcomes
/// that happened.</summary>
/// <remarks>Each row has its best intervention by p e v − c among those that it is eligible for; a row of unknown value is left out. Ties
/// are broken by entity key, then cutoff. No budget or
/// capacity holds here: the curve shows what they cost.</remarks>
internal static class ValueCurve
{
    private const int MaximumPoints = 100;
    private const string Method = "normal, delta method; rows resampled, and the effects' standard errors, common to all contacts";

    internal static IReadOnlyList<ValuePoint> Of(HoldoutDecisions decisions, double confidence)
    {
        (int Row, int Intervention, double Expected)[] order = Order(decisions);
        IReadOnlyList<Intervention> interventions = decisions.Case.Interventions;
        Currency currency = decisions.Case.Kpi.Currency;
        double z = Intervals.TwoSidedQuantile(confidence), value = 0, claimed = 0;
        decimal spend = 0;
        double[] sums = new double[interventions.Count];
        Spread all = new();
        Spread[] own = [.. interventions.Select(_ => new Spread())];
        List<ValuePoint> curve = [];
        for (int i = 0; i < order.Length; i++)
        {
            (int row, int k, _) = order[i];
            double effect = interventions[k].Effect.RelativeReduction, lost = decisions.Outcomes[row] * decisions.Amounts[row];
            value += (effect * lost) - (double)interventions[k].Cost.Amount;
            claimed += effect * effect * decisions.Amounts[row] * decisions.Amounts[row] * decisions.Probabilities[row] * (1 - decisions.Probabilities[row]);
            spend += interventions[k].Cost.Amount;
            sums[k] += lost;
            own[k].Add(lost);
            all.Add(effect * lost);
            if ((long)(i + 1) * Math.Min(MaximumPoints, order.Length) / order.Length > curve.Count)
            {
                double variance = all.OfSum > 0 ? all.OfSum : claimed;
                for (int j = 0; j < sums.Length; j++)
                {
                    double error = interventions[j].Effect.StandardError;
                    variance += error * error * ((sums[j] * sums[j]) + own[j].OfSum);
                }

                Money middle = Money.FromDouble(value, currency), half = Money.FromDouble(z * Math.Sqrt(variance), currency);
                curve.Add(new ValuePoint(i + 1, new Money(spend, currency), new MoneyEstimate(middle, middle - half, middle + half, confidence, Method)));
            }
        }

        return curve;
    }

    private static (int Row, int Intervention, double Expected)[] Order(HoldoutDecisions decisions)
    {
        List<(int Row, int Intervention, double Expected)> order = [];
        for (int i = 0; i < decisions.Rows.Length; i++)
        {
            int best = -1;
            double most = 0;
            for (int k = 0; k < decisions.Case.Interventions.Count && !double.IsNaN(decisions.Amounts[i]); k++)
            {
                Intervention intervention = decisions.Case.Interventions[k];
                double expected = (decisions.Probabilities[i] * intervention.Effect.RelativeReduction * decisions.Amounts[i]) - (double)intervention.Cost.Amount;
                if (decisions.Eligible[k][i] && (best < 0 || expected > most))
                {
                    (best, most) = (k, expected);
                }
            }

            if (best >= 0)
            {
                order.Add((i, best, most));
            }
        }

        // The sort is stable, and rows come by entity and cutoff.
        return [.. order.OrderByDescending(o => o.Expected)];
    }
}
