using System.Globalization;

namespace MlSystemDesign.Evaluation;

/// <summary>The part of an evaluation that is in money.</summary>
internal sealed class MoneyQuality
{
    private const string Value = "value of decisions";
    private const string AtRandom = "value of random contacts";
    private const string Gain = "gain over random contacts";
    private const string Picked = "picked observed over predicted";
    private const string Method = "normal, delta method; entities resampled, and the effects' standard errors, common to all contacts";

    private MoneyQuality()
    {
    }

    internal List<Metric> Metrics { get; } = [];

    internal List<CheckOutcome> Checks { get; } = [];

    internal MoneyEstimate? DecisionValue { get; private set; }

    internal Metric? PickedCalibration { get; private set; }

    internal IReadOnlyList<ValuePoint> ValueCurve { get; private set; } = [];

    internal static async ValueTask<MoneyQuality> OfAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        MoneyQuality quality = new();
        string? missing = context.Case is null ? "no business case was given" : PredictionQuality.FaultOf(context);
        CheckStatus status = context.Case is null ? CheckStatus.NotRun : CheckStatus.Undefined;
        HoldoutDecisions? decisions = null;
        if (missing is null)
        {
            try
            {
                decisions = HoldoutDecisions.Undecided(context);
                quality.ValueCurve = Evaluation.ValueCurve.Of(decisions, context.Confidence);
            }
            catch (ArgumentException e)
            {
                (missing, status) = (e.Message, CheckStatus.NotRun);
            }
        }

        quality.Checks.Add(missing is null
            ? quality.ValueCurve.Count > 0
                ? new CheckOutcome("value curve", CheckStatus.Run, Text($"up to {quality.ValueCurve[^1].Contacts} contacts, in the order of expected value net of cost"))
                : new CheckOutcome("value curve", CheckStatus.Undefined, "no row has a known value and an intervention that it is eligible for")
            : new CheckOutcome("value curve", status, missing));
        if (missing is null && context.Policy is null)
        {
            (missing, status) = ("no policy was given", CheckStatus.NotRun);
        }

        if (missing is null)
        {
            try
            {
                await decisions!.DecideAsync(context, cancellationToken).ConfigureAwait(false);
            }
            catch (PlanException e)
            {
                (missing, status) = (e.Message, CheckStatus.NotRun);
            }
        }

        if (missing is null)
        {
            quality.Judge(decisions!, context.Confidence);
        }
        else
        {
            quality.Nothing(missing, status, context.Case is not null && context.Policy is not null);
        }

        return quality;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Without a case or a policy nothing was asked for, so no metric is listed; with them, what could not be had is listed as undefined.
    private void Nothing(string reason, CheckStatus status, bool asked)
    {
        Checks.Add(new CheckOutcome("value at capacity and budget", status, reason));
        Checks.Add(new CheckOutcome("picked calibration", status, reason));
        if (asked)
        {
            Metrics.AddRange([Metric.Undefined(Value, reason), Metric.Undefined(AtRandom, reason), Metric.Undefined(Gain, reason)]);
            PickedCalibration = Metric.Undefined(Picked, reason, 0, MetricDirection.Descriptive);
        }
    }

    private void Judge(HoldoutDecisions decisions, double confidence)
    {
        bool[] picked = PickedEntities(decisions);
        double[][] difference = [.. decisions.Contacts.Zip(decisions.Random, (a, b) => a.Zip(b, (x, y) => x - y).ToArray())];
        (double value, double error) = RealisedMoney.Of(decisions, decisions.Contacts, picked);
        Currency currency = decisions.Case.Kpi.Currency;
        Money half = Money.FromDouble(Intervals.TwoSidedQuantile(confidence) * error, currency), middle = Money.FromDouble(value, currency);
        DecisionValue = new MoneyEstimate(middle, middle - half, middle + half, confidence, Method);
        Metrics.Add(InMoney(Value, (value, error)));
        Metrics.Add(InMoney(AtRandom, RealisedMoney.Of(decisions, decisions.Random, new bool[picked.Length])));
        Metrics.Add(InMoney(Gain, RealisedMoney.Of(decisions, difference, picked)));
        Checks.Add(new CheckOutcome(
            "value at capacity and budget",
            CheckStatus.Run,
            Text($"{decisions.Runs} decision {(decisions.Runs == 1 ? "run" : "runs")}, {decisions.ContactCount} contacts among {decisions.Rows.Length} rows; doing nothing brings 0")));

        PickedCalibration = Evaluation.PickedCalibration.Of(decisions, Picked, confidence);
        Checks.Add(PickedCalibration.IsDefined
            ? new CheckOutcome("picked calibration", CheckStatus.Run, "outcomes and probabilities of the contacts, weighted by effect × value")
            : new CheckOutcome("picked calibration", CheckStatus.Undefined, PickedCalibration.UndefinedReason!));

        Metric InMoney(string name, (double Value, double Error) estimate) => Metric.Of(
            name,
            estimate.Value,
            decisions.ContactCount,
            interval: estimate.Error > 0 ? Intervals.Wald(estimate.Value, estimate.Error, confidence, Method) : null,
            unit: currency.Code);
    }

    // True on every row of an entity that was contacted at least once.
    private static bool[] PickedEntities(HoldoutDecisions decisions)
    {
        HashSet<EntityKey> entities = [];
        for (int i = 0; i < decisions.Rows.Length; i++)
        {
            if (decisions.Contacts.Any(c => c[i] > 0))
            {
                entities.Add(decisions.Entities[i]);
            }
        }

        return Array.ConvertAll(decisions.Entities, entities.Contains);
    }
}
