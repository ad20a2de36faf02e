namespace ChurnRetention.Simulation;

/// <summary>Every constant of the simulated streaming fitness club. Rates are per day, money is EUR.</summary>
/// <remarks>
/// Fixed before the first model was trained on them. Measured at <see cref="ReferenceCutoff"/> over seeds 1 to 20, as
/// least / median / most:
/// <list type="bullet">
/// <item>customers 12,401 / 12,492 / 12,519, of whom at risk 6,792 / 6,908 / 6,983; events 1.36 / 1.38 / 1.40 million;</item>
/// <item>churn in the label window 10.2 / 10.8 / 11.1 %; AUC of the true probability 0.747 / 0.769 / 0.780;</item>
/// <item>effect of a call: mean 0.349 / 0.354 / 0.362, sd 0.279 / 0.284 / 0.288, harmed 6.8 / 7.7 / 8.3 %;</item>
/// <item>effect of a voucher: mean 0.173 / 0.177 / 0.180, sd 0.204 / 0.210 / 0.211, harmed 6.7 / 7.4 / 7.7 %;</item>
/// <item>positive expected value for at least one action: 21.9 / 23.1 / 24.2 % of those at risk;</item>
/// <item>oracle 13,532 / 14,704 / 15,628 EUR, within 0.01 % of its bound; of it the mean-effect planner keeps 37 / 52 / 57 %,
/// recency 11 / 16 / 23 %, random contact −17 / −15 / −14 %; (mean effect − random) / (oracle − random) 45 / 58 / 62 %;</item>
/// <item>standard error of the pilot's mean effect: call 0.043 / 0.047 / 0.053, voucher 0.047 / 0.056 / 0.064.</item>
/// </list>
/// How much of this shows in the events: scikit-learn's gradient boosting, fitted on fifteen attributes and windowed features at one cutoff
/// 120 days earlier, reached AUC 0.696 to 0.717 over seeds 1 to 5, which is 73 to 80 % of the truth's AUC above one half.
/// </remarks>
public static class SimulatorConstants
{
    /// <summary>The fixed present: nothing is simulated at or after it.</summary>
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The start of the event log; earlier events exist but were never recorded.</summary>
    public static readonly DateTimeOffset ObservedFrom = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The day the club opened: joins are uniform from here to <see cref="Now"/> (a Poisson process given its count).</summary>
    public static readonly DateTimeOffset FirstJoin = new(2022, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The cutoff of the calibration figures: 100 days before <see cref="Now"/>, so that its label window is complete.</summary>
    public static readonly DateTimeOffset ReferenceCutoff = Now - TimeSpan.FromDays(100);

    /// <summary>The cutoff at which the earlier pilot chose its customers.</summary>
    public static readonly DateTimeOffset PilotCutoff = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time to act: the label window starts this long after the cutoff.</summary>
    public static readonly TimeSpan LeadTime = TimeSpan.FromDays(7);

    /// <summary>Length of the label window.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(90);

    /// <summary>How many people ever join; those who cancelled before <see cref="ObservedFrom"/> leave no trace.</summary>
    public const int Joins = 14_000;

    /// <summary>Customers per arm of the pilot.</summary>
    public const int PilotCustomersPerArm = 4_000;

    // Attributes: name, share of customers, and what it does.
    public static readonly string[] Plans = ["basic", "plus", "premium"];
    public static readonly double[] PlanShares = [0.45, 0.35, 0.20];
    public static readonly decimal[] PlanFees = [14.90m, 21.90m, 32.90m];
    /// <summary>Added to the log of the rates of disengaging and of cancelling while engaged.</summary>
    public static readonly double[] PlanLogRisk = [0.20, 0.0, -0.30];

    public static readonly string[] Channels = ["referral", "search", "social", "partner"];
    public static readonly double[] ChannelShares = [0.25, 0.35, 0.25, 0.15];
    /// <summary>Added to the same log rates as <see cref="PlanLogRisk"/>.</summary>
    public static readonly double[] ChannelLogRisk = [-0.45, -0.05, 0.30, 0.50];

    public static readonly string[] Regions = ["north", "east", "south", "west"];
    public static readonly double[] RegionShares = [0.25, 0.25, 0.25, 0.25];
    /// <summary>Multiplies a positive reaction to contact. Region moves no churn rate, so effects are independent of risk.</summary>
    public static readonly double[] RegionEffectFactor = [1.20, 1.10, 0.90, 0.80];

    // The hidden chain: median rate, and standard deviation of its log beyond the attributes (unobservable frailty).
    public const double DisengageRate = 1 / 600.0;
    public const double DisengageLogSd = 0.30;
    public const double ReengageRate = 1 / 300.0;
    public const double ReengageLogSd = 0.30;
    public const double CancelEngagedRate = 1 / 4500.0;
    public const double CancelEngagedLogSd = 0.30;
    public const double CancelDisengagingRate = 1 / 125.0;
    public const double CancelDisengagingLogSd = 0.25;

    // What shows of it.
    public const double SessionsPerDay = 2.0 / 7;
    public const double SessionsLogSd = 0.35;
    public const double DisengagingSessionFactor = 0.20;
    public const double TicketsPerDay = 0.12 / 30;
    public const double DisengagingTicketFactor = 7.0;
    public const double MedianMinutes = 32;
    public const double MinutesLogSd = 0.45;
    public const double DisengagingMinutesFactor = 0.60;

    // Reaction to contact: a share is harmed, −U(min, max); the others react by strength × factor × U^shape.
    public const double HarmedShare = 0.075;
    public const double HarmMin = 0.05;
    public const double HarmMax = 0.35;
    /// <summary>Largest relative reduction per action at region factor 1, in the order of <see cref="ContactAction"/>.</summary>
    public static readonly double[] EffectStrength = [0.80, 0.60];
    /// <summary>The power of the uniform draw per action: its mean is 1 / (shape + 1).</summary>
    public static readonly double[] EffectShape = [1.0, 1.9];

    // Money.
    /// <summary>Share of the fee that is margin.</summary>
    public const decimal MarginShare = 0.60m;

    /// <summary>Months of fee that count as kept when a cancellation is prevented.</summary>
    public const decimal MonthsKept = 12m;

    /// <summary>EUR per contact, in the order of <see cref="ContactAction"/>.</summary>
    public static readonly decimal[] ContactCost = [12m, 4m];

    /// <summary>The default limits. For the oracle budget and calls bind: 240 calls and 530 vouchers cost exactly the budget.</summary>
    public static readonly ContactLimits DefaultLimits = new(5_000m, 240, 600);
}
