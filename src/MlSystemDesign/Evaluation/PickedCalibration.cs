namespace MlSystemDesign.Evaluation;

/// <summary>Observed over predicted among the contacts, weighted by effect × value: what the expected gain was off by, before costs.</summary>
/// <remarks>Σ e v y / Σ e v p. Weighted, because this is the factor that the expected gain of the list is wrong by; an unweighted ratio
/// would let many small values hide one
/// large one. Standard error of a ratio by the delta method, entities resampled; when no outcome was observed, from the predictions' own p
/// (1 − p).</remarks>
internal static class PickedCalibration
{
    internal static Metric Of(HoldoutDecisions decisions, string name, double confidence)
    {
        double observed = 0, predicted = 0, claimed = 0;
        Each((_, weight, y, p) =>
        {
            observed += weight * y;
            predicted += weight * p;
            claimed += weight * weight * p * (1 - p);
        });
        if (decisions.ContactCount == 0 || !(predicted > 0))
        {
            string reason = decisions.ContactCount == 0 ? "the policy contacts nobody" : "the contacts' expected gain before costs is not above zero";
            return Metric.Undefined(name, reason, decisions.ContactCount, MetricDirection.Descriptive);
        }

        double ratio = observed / predicted, residuals = 0, own = 0;
        int entities = 0, last = -1;
        Each((row, weight, y, p) =>
        {
            if (last < 0 || decisions.Entities[row] != decisions.Entities[last])
            {
                (residuals, own, entities) = (residuals + (own * own), 0, entities + 1);
            }

            (own, last) = (own + (weight * (y - (ratio * p))), row);
        });
        residuals = (residuals + (own * own)) * entities / Math.Max(1, entities - 1);
        double error = Math.Sqrt(observed > 0 && entities > 1 ? residuals : claimed) / predicted;
        return Metric.Of(
            name, ratio, decisions.ContactCount, MetricDirection.Descriptive, error > 0 ? Intervals.Wald(ratio, error, confidence, "normal, ratio, entities resampled") : null);

        void Each(Action<int, double, double, double> contact)
        {
            for (int i = 0; i < decisions.Rows.Length; i++)
            {
                for (int k = 0; k < decisions.Contacts.Length; k++)
                {
                    if (decisions.Contacts[k][i] > 0)
                    {
                        double weight = decisions.Contacts[k][i] * decisions.Case.Interventions[k].Effect.RelativeReduction * decisions.Amounts[i];
                        contact(i, weight, decisions.Outcomes[i], decisions.Probabilities[i]);
                    }
                }
            }
        }
    }
}
