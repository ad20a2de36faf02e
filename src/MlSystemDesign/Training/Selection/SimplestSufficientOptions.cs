namespace MlSystemDesign.Training;

/// <summary>Settings of <see cref="SimplestSufficientTrainer"/>.</summary>
public sealed record SimplestSufficientOptions
{
    /// <summary>Gets how much better a more complex model must be, in the unit of the objective, to pay for its upkeep.</summary>
    /// <value>At least 0 and finite. The default is 0: better beyond doubt is enough.</value>
    public double ComplexityPrice { get; init; }

    /// <summary>Gets the confidence of the interval whose lower end must exceed the price.</summary>
    /// <value>In [0.5, 0.999]. The default is 0.95.</value>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        OptionRange.In(ComplexityPrice, 0, double.MaxValue, nameof(ComplexityPrice), nameof(SimplestSufficientTrainer));
        OptionRange.In(Confidence, 0.5, 0.999, nameof(Confidence), nameof(SimplestSufficientTrainer));
    }
}
