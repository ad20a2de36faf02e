namespace MlSystemDesign;

/// <summary>What every record of the ledger carries, so that prediction, decision and outcome can be joined and audited.</summary>
/// <remarks>Entities appear by a surrogate number only; the map from surrogate to key is kept apart, so that one entity can be erased.</remarks>
public abstract record LedgerRecord
{
    /// <summary>Gets the idempotency key: a record whose key is in the ledger already is not written again.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the surrogate number of the entity.</summary>
    public required long Entity { get; init; }

    /// <summary>Gets when it happened: the cutoff of a prediction, the instant of a decision or outcome.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>Gets when it reached the ledger.</summary>
    public required DateTimeOffset ArrivalTime { get; init; }

    /// <summary>Gets the content hash of the trained system; empty when none was involved.</summary>
    public string ModelHash { get; init; } = string.Empty;

    /// <summary>Gets the content hash of the policy; empty when none was involved.</summary>
    public string PolicyHash { get; init; } = string.Empty;

    /// <summary>Gets the hash of the KPI; empty when none was involved.</summary>
    public string KpiHash { get; init; } = string.Empty;

    /// <summary>Gets the experiment; <see langword="null"/> outside of one.</summary>
    public string? Experiment { get; init; }

    /// <summary>Gets the arm of the experiment; <see langword="null"/> outside of one.</summary>
    public string? Arm { get; init; }

    /// <summary>Gets the probability with which the logged action was chosen, in (0, 1]; <see langword="null"/> when it was not random.</summary>
    public double? Propensity { get; init; }
}

/// <summary>A prediction that was made.</summary>
public sealed record PredictionRecord : LedgerRecord
{
    /// <summary>Gets the predicted probability or value.</summary>
    public required double Prediction { get; init; }
}

/// <summary>A decision that was made.</summary>
public sealed record DecisionRecord : LedgerRecord
{
    /// <summary>Gets the name of the intervention; "none" when the entity was deliberately left alone.</summary>
    public required string Action { get; init; }

    /// <summary>Gets the predicted probability that it rests on.</summary>
    public required double Prediction { get; init; }

    /// <summary>Gets the expected value, net of cost.</summary>
    public required Money ExpectedValue { get; init; }

    /// <summary>Gets the cost.</summary>
    public required Money Cost { get; init; }
}

/// <summary>What then happened.</summary>
public sealed record OutcomeRecord : LedgerRecord
{
    /// <summary>Gets the outcome: 0 or 1 for a yes/no outcome, otherwise the value.</summary>
    public required double Outcome { get; init; }
}
