namespace MlSystemDesign.Explanation;

/// <summary>What one business feature did to the prediction of one row.</summary>
public sealed record Reason
{
    /// <summary>Gets the business feature (<see cref="FeatureColumn.Group"/>), whose columns are explained together.</summary>
    public required string Feature { get; init; }

    /// <summary>Gets the column of it that did most in the direction of <see cref="Attribution"/>.</summary>
    public required string Column { get; init; }

    /// <summary>Gets the value of that column in words, with its unit.</summary>
    public required string Value { get; init; }

    /// <summary>Gets how much the feature moved the raw score; log-odds for the built-in models.</summary>
    public required double Attribution { get; init; }

    /// <summary>Gets the calibrated prediction less what it would be without <see cref="Attribution"/>. The changes of several reasons do not add up: the link is not linear.</summary>
    public required double PredictionChange { get; init; }

    /// <summary>Gets the reason in words.</summary>
    public required string Text { get; init; }
}
