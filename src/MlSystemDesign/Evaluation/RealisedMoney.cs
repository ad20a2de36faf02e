namespace MlSystemDesign.Evaluation;

/// <summary>What contacts would have brought, judged by the outcomes that happened, with its variance.</summary>
/// <remarks>A contact brings e y v − c. With entities resampled within strata and effects as independent normal estimates, the variance of
/// Σₖ eₖ Aₖ is
/// Var(Σ eₖ Aₖ | e) + Σ sₖ² (Aₖ² + Var Aₖ), where Aₖ = Σ w y v over the rows and w is how often a row is contacted.</remarks>
internal static class RealisedMoney
{
    /// <summary>Values contacts.</summary>
    /// <param name="decisions">Rows, outcomes, amounts.</param>
    /// <param name="contacts">Per intervention and row, how often it is contacted; negative in a difference of two plans.</param>
    /// <param name="picked">Whether a row belongs to an entity that was picked: the stratum within which entities vary.</param>
    internal static (double Value, double Error) Of(HoldoutDecisions decisions, double[][] contacts, bool[] picked)
    {
        int actions = contacts.Length;
        double value = 0, claimed = 0;
        double[] sums = new double[actions];
        Spread[] ofPicked = NewSpreads(actions + 1), ofOthers = NewSpreads(actions + 1);
        double[] own = new double[actions + 1];
        for (int i = 0; i < decisions.Rows.Length; i++)
        {
            for (int k = 0; k < actions; k++)
            {
                if (contacts[k][i] == 0)
                {
                    continue;
                }

                Intervention intervention = decisions.Case.Interventions[k];
                double effect = intervention.Effect.RelativeReduction, stake = contacts[k][i] * decisions.Amounts[i], lost = stake * decisions.Outcomes[i];
                value += (effect * lost) - (contacts[k][i] * (double)intervention.Cost.Amount);
                claimed += effect * effect * stake * stake * decisions.Probabilities[i] * (1 - decisions.Probabilities[i]);
                sums[k] += lost;
                own[k] += lost;
                own[actions] += effect * lost;
            }

            if (i + 1 == decisions.Rows.Length || decisions.Entities[i + 1] != decisions.Entities[i])
            {
                for (int k = 0; k <= actions; k++)
                {
                    (picked[i] ? ofPicked : ofOthers)[k].Add(own[k]);
                    own[k] = 0;
                }
            }
        }

        double outcomes = ofPicked[actions].OfSum + ofOthers[actions].OfSum;

        // No spread at all (no outcome among the picked, or one contact) is no proof of certainty: fall back on what the predictions say of it.
        double variance = outcomes > 0 ? outcomes : claimed;
        for (int k = 0; k < actions; k++)
        {
            double error = decisions.Case.Interventions[k].Effect.StandardError;
            variance += error * error * ((sums[k] * sums[k]) + ofPicked[k].OfSum + ofOthers[k].OfSum);
        }

        return (value, Math.Sqrt(variance));
    }

    private static Spread[] NewSpreads(int count) => [.. Enumerable.Range(0, count).Select(_ => new Spread())];
}

/// <summary>The variance of a sum of values that are drawn again: n s², by Welford's recurrence.</summary>
internal sealed class Spread
{
    private double _mean;
    private double _squares;
    private int _count;

    /// <summary>Gets n × the sample variance; 0 for fewer than two values.</summary>
    internal double OfSum => _count < 2 ? 0 : _squares * _count / (_count - 1);

    internal void Add(double value)
    {
        _count++;
        double gap = value - _mean;
        _mean += gap / _count;
        _squares += gap * (value - _mean);
    }
}
