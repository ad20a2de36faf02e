using MlSystemDesign.Training;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>The data sets of the report, with what scikit-learn reached on the same files: logistic regression, and histogram gradient boosting of 150 trees.</summary>
internal static class RealDataSets
{
    internal static IReadOnlyList<RealData> All { get; } =
    [
        new("telco churn", "telco_churn.csv", int.MaxValue, RealDataReader.TelcoAsync, [.. Models(0.8451, 0.8436, 0.4174, 0.4186)]),
        new("German credit, \"bad\"", "german_credit.csv", int.MaxValue, RealDataReader.GermanCreditAsync, [.. Models(0.7861, 0.7845)]),

        // The reference had the folds of the same ten seeds: mean savings 0.1566, s.d. 0.0094, AUC 0.6976.
        new("TV churn, least expected cost", "churn_tv_costs.csv", int.MaxValue, RealDataReader.TvChurnAsync, [.. Boosters(0.1566)]),
        new("bank marketing, no `duration`", "bank_marketing.csv", int.MaxValue, RealDataReader.BankMarketingAsync, [.. Models(0.7653, 0.7959)]),

        // Its rows to test on are the same for every seed, which moves only the number of rounds, the draws of columns and the calibration.
        new("hotel bookings, trained to 2016, tested on 2017", "hotel_bookings.csv.gz", 3, RealDataReader.HotelBookingsAsync, [.. Boosters(0.809, floor: 0.80)]),
    ];

    private static IEnumerable<ModelBar> Models(double linear, double boosted, double? linearLoss = null, double? boostedLoss = null) =>
        [new ModelBar(new LogisticTrainer(), linear, linearLoss), .. Boosters(boosted, boostedLoss)];

    private static IEnumerable<ModelBar> Boosters(double reference, double? loss = null, double? floor = null) =>
        [new ModelBar(new LightGbmTrainer(), reference, loss, floor), new ModelBar(new XGBoostTrainer(), reference, loss, floor)];
}
