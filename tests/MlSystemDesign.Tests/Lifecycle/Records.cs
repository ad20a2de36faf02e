using CsCheck;

namespace MlSystemDesign.Tests.Lifecycle;

/// <summary>Any ledger record.</summary>
internal static class Records
{
    private static readonly Gen<string> Text = CsCheck.Gen.OneOf(CsCheck.Gen.String[CsCheck.Gen.Char.AlphaNumeric, 1, 12], CsCheck.Gen.OneOf("naïve ☃", "a\nb\"c\\", "😀 <&>", "İ ı"));

    private static readonly Gen<double> Number = CsCheck.Gen.OneOf(CsCheck.Gen.Double.Where(double.IsFinite), CsCheck.Gen.OneOf(-0.0, double.Epsilon, double.MaxValue, 0.1));

    private static readonly Gen<DateTimeOffset> Instant =
        CsCheck.Gen.Select(CsCheck.Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], CsCheck.Gen.Int[-12, 12], (t, h) => new DateTimeOffset(t, TimeSpan.FromHours(h)));

    private static readonly Gen<Money> Amount = CsCheck.Gen.Select(
        CsCheck.Gen.Decimal, CsCheck.Gen.OneOf(Currency.Eur, Currency.FromCode("JPY"), new Currency("ABC", 4), default), (a, c) => new Money(a, c));

    private static readonly Gen<LedgerRecord> Bare = CsCheck.Gen.Select(
        CsCheck.Gen.Int[0, 2],
        CsCheck.Gen.Select(Text, CsCheck.Gen.Long, Instant, Instant),
        CsCheck.Gen.Select(Number, Text, Amount, Amount),
        (kind, common, own) => (LedgerRecord)(kind switch
        {
            0 => new PredictionRecord { Id = common.Item1, Entity = common.Item2, EventTime = common.Item3, ArrivalTime = common.Item4, Prediction = own.Item1 },
            1 => new DecisionRecord
            {
                Id = common.Item1, Entity = common.Item2, EventTime = common.Item3, ArrivalTime = common.Item4,
                Prediction = own.Item1, Action = own.Item2, ExpectedValue = own.Item3, Cost = own.Item4,
            },
            _ => new OutcomeRecord { Id = common.Item1, Entity = common.Item2, EventTime = common.Item3, ArrivalTime = common.Item4, Outcome = own.Item1 },
        }));

    internal static readonly Gen<LedgerRecord> Gen = CsCheck.Gen.Select(
        Bare,
        CsCheck.Gen.Select(CsCheck.Gen.OneOf(Text, CsCheck.Gen.Const(string.Empty)), Text, Text),
        CsCheck.Gen.Select(Text.Null(), Text.Null(), CsCheck.Gen.OneOf(0.25, 1, double.Epsilon).Nullable()),
        (record, hashes, trial) => record with
        {
            ModelHash = hashes.Item1, PolicyHash = hashes.Item2, KpiHash = hashes.Item3, Experiment = trial.Item1, Arm = trial.Item2, Propensity = trial.Item3,
        });
}
