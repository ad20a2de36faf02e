using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Csv;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;

namespace ChurnRetention.Job;

/// <summary>Any CSV file of events: churn is the absence of a purchase.</summary>
internal static class EventFile
{
    // What came back (a return) is no purchase; a free article is one.
    private static readonly EventFilter NotAReturn = EventFilter.AtLeast("amount", 0);

    public static async Task<RetentionProblem> ReadAsync(JobOptions options, CancellationToken cancellationToken)
    {
        Currency currency = Currency.FromCode(options.Currency);
        HistoryBuilder builder = new();
        builder.AddCsvEvents("events", options.Events!, m => Map(m, options));
        IngestResult ingest = await builder.BuildAsync(cancellationToken: cancellationToken);
        bool hasAmount = options.Amount is not null;
        TimeSpan horizon = TimeSpan.FromDays(options.HorizonDays), active = TimeSpan.FromDays(options.ActiveDays);
        return new RetentionProblem
        {
            Title = $"Keeping customers: {Path.GetFileName(options.Events)}",
            History = ingest.History,
            Case = Case(options, currency, hasAmount),
            Frame = EventFrame.Absence(
                string.Create(CultureInfo.InvariantCulture, $"no purchase in {options.HorizonDays:0.##} d"),
                of: "events",
                where: hasAmount ? NotAReturn : null,
                horizon: horizon,
                leadTime: TimeSpan.FromDays(options.LeadDays))
                .ActiveWithin(active, hasAmount ? NotAReturn : null),
            Plan = Plan(hasAmount),
            Words = Words(Plan(hasAmount)),
            RecencyColumn = "recency",
            Now = ingest.Report["events"].Observed.End,
            DataRemarks = [ingest.Report.ToString()],
            Limits =
            [
                string.Create(CultureInfo.InvariantCulture, $"The effect of a contact ({options.Effect * 100:0.#} %, standard error {options.EffectError * 100:0.#} %) is an assumption. Run an experiment before you spend on it."),
                hasAmount
                    ? string.Create(CultureInfo.InvariantCulture, $"A kept customer is taken to be worth {options.Margin * 100:0.#} % of what they spent in the last year.")
                    : "No amount was given: every customer is taken to be worth the same.",
            ],
        };
    }

    private static void Map(ReaderMapping mapping, JobOptions options)
    {
        mapping.Entity(options.Entity).Time(options.Time).OnBadRows(BadRows.SkipAndReport).InZone(TimeZoneInfo.FindSystemTimeZoneById(options.Zone));
        if (options.Amount is { } amount)
        {
            mapping.Computed("amount", amount.Split('*', StringSplitOptions.TrimEntries), factors => factors.Aggregate(1.0, (product, factor) => product * factor), unit: options.Currency);
        }
    }

    private static FeaturePlan Plan(bool hasAmount) => FeaturePlan.For("events", f =>
    {
        f.OverDays(30, 60, 90, 180, 365).Count().Recency();
        f.OverDays(90).Coverage();
        f.OverAllHistory().Count();
        if (hasAmount)
        {
            f.OverDays(30, 90, 365).Sum("amount").OverDays(90, 365).Mean("amount").Std("amount").Max("amount").OverDays(180).Slope("amount");
            f.Where(EventFilter.Below("amount", 0), returns => returns.OverDays(90, 365).Count(), alias: "return");
        }
    });

    private static ReasonTemplates Words(FeaturePlan plan) => (ReasonTemplates.English with { Outcome = "risk of buying no more" }).ForPlan(plan, new ReasonNouns
    {
        Facts = new Dictionary<string, UnitWords> { ["events"] = new("purchase", "purchases"), ["return"] = new("return", "returns") },
        Columns = new Dictionary<string, string> { ["amount"] = "spend" },
    });

    private static BusinessCase Case(JobOptions options, Currency currency, bool hasAmount) => new()
    {
        Name = "customer retention",
        Decision = "which customers we contact now, so that they buy again",
        Kpi = new Kpi(
            "margin kept over a year",
            hasAmount ? OutcomeValue.PerRow("amount_sum_365d", options.Margin, currency) : OutcomeValue.Fixed(new Money(100m, currency))),
        Budget = new Money(options.Budget, currency),
        Interventions =
        [
            new Intervention
            {
                Name = "contact",
                Cost = new Money(options.Cost, currency),
                LeadTime = TimeSpan.FromDays(Math.Min(1, options.LeadDays)),
                Effect = new EffectEstimate(options.Effect, options.EffectError, "assumed on the command line"),
            },
        ],
    };
}
