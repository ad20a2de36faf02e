using System.Globalization;
using ChurnRetention.Simulation;
using MlSystemDesign;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;

namespace ChurnRetention.Job;

/// <summary>The embedded default: a simulated streaming fitness club with a monthly fee.</summary>
internal static class SubscriptionBusiness
{
    public static RetentionProblem Create(int seed)
    {
        SimulatedWorld world = Simulator.Run(seed);
        IngestResult ingest = new HistoryBuilder()
            .AddEvents("events", world.Events, e => e
                .Entity(x => x.CustomerId)
                .Time(x => x.Time)
                .Category("kind", x => x.Kind)
                .Number("minutes", x => x.Minutes, unit: "min")
                .Number("amount", x => x.Amount, unit: "EUR")
                .ObservedFrom(SimulatorConstants.ObservedFrom)
                .ObservedUntil(SimulatorConstants.Now))
            .AddAttributes("customers", world.Customers, c => c
                .Entity(x => x.Id)
                .Number("fee", x => x.Fee, unit: "EUR")
                .Category("plan", x => x.Plan)
                .Category("channel", x => x.Channel)
                .Category("region", x => x.Region))
            .Build();
        return new RetentionProblem
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Keeping subscribers of a fitness club (simulated, seed {seed})"),
            History = ingest.History,
            Case = Case(Pilot.Run(seed)),
            Frame = EventFrame.Presence(
                "cancels within 90 d",
                of: "events",
                where: EventFilter.Is("kind", EventKinds.Cancel),
                horizon: SimulatorConstants.Horizon,
                leadTime: SimulatorConstants.LeadTime)
                .NotAfter(EventFilter.Is("kind", EventKinds.Cancel)),
            Plan = Plan,
            Words = Words,
            RecencyColumn = "session_recency",
            Now = SimulatorConstants.Now,
            DataRemarks = [ingest.Report.ToString()],
            Limits =
            [
                "The business is simulated; the effects come from a simulated pilot with 4,000 customers per arm.",
                "The system knows the mean effect of each action only. How single customers react differs, and some are harmed.",
            ],
            Truth = world.Truth,
        };
    }

    private static FeaturePlan Plan => FeaturePlan
        .For("events", f => f
            .Where(EventFilter.Is("kind", EventKinds.Session), s => s
                .OverDays(14, 30, 60, 90, 180).Count()
                .OverDays(30, 90).Mean("minutes").Std("minutes")
                .OverDays(90).Slope("minutes")
                .Recency())
            .Where(EventFilter.Is("kind", EventKinds.Ticket), t => t.OverDays(30, 90).Count().Recency())
            .Where(EventFilter.Is("kind", EventKinds.Payment), p => p.OverAllHistory().Count().Sum("amount")))
        .And("customers", f => f.Attribute("fee").Category("plan").Category("channel").Category("region"));

    private static ReasonTemplates Words => (ReasonTemplates.English with { Outcome = "risk of cancelling" }).ForPlan(Plan, new ReasonNouns
    {
        Facts = new Dictionary<string, UnitWords>
        {
            ["session"] = new("session", "sessions"), ["ticket"] = new("complaint", "complaints"), ["payment"] = new("payment", "payments"), ["customers"] = new("customer", "customers"),
        },
        Columns = new Dictionary<string, string> { ["minutes"] = "training", ["amount"] = "fees paid", ["fee"] = "monthly fee", ["channel"] = "recruited through" },
    }).ForColumn("ticket_recency", new ColumnWords { Is = "last complaint {value} ago", Missing = "no complaint ever" });

    private static BusinessCase Case(PilotResult pilot) => new()
    {
        Name = "subscriber retention",
        Decision = "which subscribers we contact this week, by phone or with a voucher, so that they stay",
        Kpi = new Kpi(
            "margin kept over 12 months",
            OutcomeValue.PerRow("fee", (double)(SimulatorConstants.MarginShare * SimulatorConstants.MonthsKept), Currency.Eur)),
        Budget = Money.Eur(SimulatorConstants.DefaultLimits.Budget),
        Interventions =
        [
            Contact("call", ContactAction.Call, pilot, TimeSpan.FromDays(2)),
            Contact("voucher", ContactAction.Voucher, pilot, TimeSpan.FromDays(1)),
        ],
    };

    private static Intervention Contact(string name, ContactAction action, PilotResult pilot, TimeSpan leadTime) => new()
    {
        Name = name,
        Cost = Money.Eur(SimulatorConstants.ContactCost[(int)action]),
        Capacity = SimulatorConstants.DefaultLimits.Capacity(action),
        LeadTime = leadTime,
        Effect = pilot.Effect(action),
    };
}
