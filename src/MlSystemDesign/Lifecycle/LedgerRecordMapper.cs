using System.Globalization;

namespace MlSystemDesign.Lifecycle;

/// <summary>Between records and the lines of a ledger file; checks records before they are written.</summary>
internal static class LedgerRecordMapper
{
    private const string Prediction = "prediction", Decision = "decision", Outcome = "outcome";

    /// <summary>Turns a record into a line.</summary>
    /// <exception cref="ArgumentException">The record is of a foreign type, or holds what cannot be written.</exception>
    internal static LedgerLineDto ToLine(LedgerRecord record)
    {
        Check(record);
        LedgerLineDto line = new()
        {
            Kind = string.Empty,
            Id = record.Id,
            Entity = record.Entity,
            EventTime = record.EventTime.ToUniversalTime(),
            ArrivalTime = record.ArrivalTime.ToUniversalTime(),
            ModelHash = NullWhenEmpty(record.ModelHash),
            PolicyHash = NullWhenEmpty(record.PolicyHash),
            KpiHash = NullWhenEmpty(record.KpiHash),
            Experiment = record.Experiment,
            Arm = record.Arm,
            Propensity = record.Propensity,
        };
        return record switch
        {
            PredictionRecord p => line with { Kind = Prediction, Prediction = Finite(p, "prediction", p.Prediction) },
            DecisionRecord d => line with
            {
                Kind = Decision,
                Action = d.Action ?? throw new ArgumentException($"A decision must name its action. Got none in record '{d.Id}'. Use \"none\" when the entity was left alone."),
                Prediction = Finite(d, "prediction", d.Prediction),
                ExpectedValue = ToDto(d.ExpectedValue),
                Cost = ToDto(d.Cost),
            },
            OutcomeRecord o => line with { Kind = Outcome, Outcome = Finite(o, "outcome", o.Outcome) },
            _ => throw new ArgumentException(
                $"A ledger record must be a prediction, a decision or an outcome. Got {record.GetType().Name} in record '{record.Id}'. Map it to one of the three."),
        };
    }

    /// <summary>Turns a line into a record.</summary>
    /// <returns>The record, or <see langword="null"/> when the line lacks a part or is of an unknown kind.</returns>
    internal static LedgerRecord? ToRecord(LedgerLineDto line)
    {
        if (line is not { Id: { } id, Entity: { } entity, EventTime: { } eventTime, ArrivalTime: { } arrivalTime })
        {
            return null;
        }

        LedgerRecord? record = line switch
        {
            { Kind: Prediction, Prediction: { } prediction } =>
                new PredictionRecord { Id = id, Entity = entity, EventTime = eventTime, ArrivalTime = arrivalTime, Prediction = prediction },
            { Kind: Decision, Action: { } action, Prediction: { } prediction, ExpectedValue: { } value, Cost: { } cost } => new DecisionRecord
            {
                Id = id,
                Entity = entity,
                EventTime = eventTime,
                ArrivalTime = arrivalTime,
                Action = action,
                Prediction = prediction,
                ExpectedValue = ToMoney(value),
                Cost = ToMoney(cost),
            },
            { Kind: Outcome, Outcome: { } outcome } =>
                new OutcomeRecord { Id = id, Entity = entity, EventTime = eventTime, ArrivalTime = arrivalTime, Outcome = outcome },
            _ => null,
        };
        return record is null ? null : record with
        {
            ModelHash = line.ModelHash ?? string.Empty,
            PolicyHash = line.PolicyHash ?? string.Empty,
            KpiHash = line.KpiHash ?? string.Empty,
            Experiment = line.Experiment,
            Arm = line.Arm,
            Propensity = line.Propensity,
        };
    }

    private static void Check(LedgerRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (string.IsNullOrWhiteSpace(record.Id))
        {
            throw new ArgumentException($"A ledger record must have an id: its idempotency key. Got an empty one in a {record.GetType().Name}. Derive it from what makes the record unique.");
        }

        if (record.Propensity is { } p && !(p > 0 && p <= 1))
        {
            throw new ArgumentException($"A propensity must be in (0, 1]. Got {p.ToString(CultureInfo.InvariantCulture)} in record '{record.Id}'. Leave it out when the action was not random.");
        }
    }

    private static double Finite(LedgerRecord record, string what, double value) => double.IsFinite(value)
        ? value
        : throw new ArgumentException(
            $"The {what} of a ledger record must be a finite number. Got {value.ToString(CultureInfo.InvariantCulture)} in record '{record.Id}'. Leave the record out, or find out why there is no number.");

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The default value of Money has no currency; XXX stands for that in ISO 4217.
    private static LedgerMoneyDto ToDto(Money money) => new(money.Amount, money.Currency.Code, money.Currency.MinorDigits);

    private static Money ToMoney(LedgerMoneyDto money) =>
        new(money.Amount, money is { Currency: "XXX", Digits: 0 } ? default : new Currency(money.Currency, money.Digits));
}
