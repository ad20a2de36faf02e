namespace MlSystemDesign.Explanation;

/// <summary>Says what a reason is worth, and how far a decision is from its cut.</summary>
internal sealed class MoneyWords(ReasonTemplates templates)
{
    // What a sum of money can hold.
    private const double MostMoney = 1e22;

    private readonly ValueWords _values = new(templates);

    /// <summary>A reason with what its change of the prediction is worth.</summary>
    /// <remarks>An action is expected to bring probability × effect × value less its cost, so that effect × value is (what it brings + its cost) / probability. Without a
    /// probability, or where the amount is beyond all money, there is no share of it to tell, and the reason stays as it is.</remarks>
    internal string InMoney(Reason reason, Decision decision)
    {
        double expected = (double)(decision.ExpectedValue.Value + decision.Cost).Amount * (reason.PredictionChange / decision.Probability);
        if (!(Math.Abs(expected) < MostMoney))
        {
            return reason.Text;
        }

        return TextTemplate.Fill(
            templates.AtStake,
            ("text", reason.Text), ("money", _values.Amount(decision.ValueAtStake * (decimal)Math.Abs(reason.PredictionChange))), ("expected", Signed(Money.FromDouble(expected, decision.Cost.Currency))));
    }

    private string Signed(Money money) => (money.Amount < 0 ? "-" : "+") + _values.Amount(money.Amount < 0 ? -money : money);

    /// <summary>The sentence on the cut, if the policy draws one.</summary>
    internal IEnumerable<string> FromCut(Decision decision) => decision.Cut is not { } cut
        ? []
        : [TextTemplate.Fill(
            templates.Cut,
            ("distance", _values.Amount(decision.ExpectedValue.Value - cut.ExpectedValue)), ("cut", _values.Amount(cut.ExpectedValue)), ("outcome", templates.Outcome), ("probability", _values.Percent(cut.Probability)))];
}
