namespace MlSystemDesign.Explanation;

/// <summary>Says what a reason is worth, and how far a decision is from its cut.</summary>
internal sealed class MoneyWords(ReasonTemplates templates)
{
    private readonly ValueWords _values = new(templates);

    /// <summary>A reason with what its change of the prediction is worth.</summary>
    /// <remarks>An action is expected to bring probability × effect × value less its cost, so that effect × value is (what it brings + its cost) / probability. Without a
    /// probability there is no share of it to tell, and the reason stays as it is.</remarks>
    internal string InMoney(Reason reason, Decision decision)
    {
        if (!(decision.Probability > 0))
        {
            return reason.Text;
        }

        decimal change = (decimal)reason.PredictionChange, gross = (decision.ExpectedValue.Value + decision.Cost).Amount / (decimal)decision.Probability;
        return TextTemplate.Fill(
            templates.AtStake,
            ("text", reason.Text), ("money", _values.Amount(decision.ValueAtStake * Math.Abs(change))), ("expected", Signed(new Money(gross * change, decision.Cost.Currency))));
    }

    private string Signed(Money money) => (money.Amount < 0 ? "-" : "+") + _values.Amount(money.Amount < 0 ? -money : money);

    /// <summary>The sentence on the cut, if the policy draws one.</summary>
    internal IEnumerable<string> FromCut(Decision decision) => decision.Cut is not { } cut
        ? []
        : [TextTemplate.Fill(
            templates.Cut,
            ("distance", _values.Amount(decision.ExpectedValue.Value - cut.ExpectedValue)), ("cut", _values.Amount(cut.ExpectedValue)), ("outcome", templates.Outcome), ("probability", _values.Percent(cut.Probability)))];
}
