using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>Series with the values that other software gives for them. The cutoff is age 0; the half-life is 7 days.</summary>
/// <remarks>
/// Quantiles (of 0, 0.1, 0.25, 0.5, 0.9 and 1): numpy 1.24.2, numpy.quantile(v, q); the same to 1e-15 from R 4.2.2, quantile(v, q, type = 7).
/// Entropy: scipy 1.10.1, scipy.stats.entropy(counts). Decays: Python 3.11, decimal with 60 digits, sums of v * 2 ** (-age / halflife); numpy.exp2 gives the same to 1e-13.
/// Mean, variance, deviation, skewness, slope per day and gaps in days: Python 3.11, fractions, rounded once. The same to 1e-12 where the series is well-conditioned, from
/// numpy.var(v, ddof=1), numpy.std(v, ddof=1), scipy.stats.skew(v, bias=False), pandas 1.5.3 Series.skew(), scipy.stats.linregress(t, v).slope, R var, sd and lm(v ~ t);
/// on FarFromZero, NearlyEqual and Two those lose half of their digits or all of them.
/// Distinct values, shares of kinds and streaks of days, counted back from the cutoff: pandas 1.5.3, Series.nunique(), value_counts(normalize=True), diff() and groupby of the distinct days.
/// </remarks>
internal sealed record IndependentSeries(string Name)
{
    internal static readonly double[] Shares = [0, 0.1, 0.25, 0.5, 0.9, 1];

    internal static IReadOnlyList<IndependentSeries> All { get; } =
    [
        new("Small")
        {
            Ages = [864000000000, 1728000000000, 1728000000000, 4320000000000, 7812000000000, 12096000000000, 17280000000000, 25056000000000],
            Values = [4.0, -7.5, 4.0, 10.0, 0.0, 19.99, -0.25, 4.0],
            Kinds = ["ticket", "order", "ticket", null, "visit", "order", "ticket", "order"],
            Mean = 4.279999999999999,
            Variance = 65.33791428571428,
            Std = 8.083187136625892,
            Skew = 0.814476557796602,
            Slope = -0.12190327440828108,
            Quantiles = [-7.5, -2.4249999999999994, -0.0625, 4.0, 12.996999999999998, 19.99],
            Entropy = 1.0042424730540764,
            GapMean = 4.0,
            GapStd = 3.0528712957064124,
            DecayedCount = 4.008998984917416,
            DecayedSum = 12.036217300814942,
            DecayedMean = 3.002299912296656,
            Distinct = 6,
            KindsTopShare = 0.8571428571428571,
            KindsDistinct = 3,
            ActiveDays = 7,
            CurrentStreak = 2,
            LongestStreak = 2,
        },
        new("FarFromZero")
        {
            Ages = [2592000000000, 2592000000010, 2592000000020, 2592000000040, 2592000000041],
            Values = [1000000000.25, 1000000000.5, 1000000000.125, 1000000001.0, 1000000000.5],
            Kinds = ["a", "a", "a", "b", "b"],
            Mean = 1000000000.475,
            Variance = 0.1125,
            Std = 0.33541019662496846,
            Skew = 0.998984073281156,
            Slope = -10022478736.330498,
            Quantiles = [1000000000.125, 1000000000.175, 1000000000.25, 1000000000.5, 1000000000.8, 1000000001.0],
            Entropy = 0.6730116670092565,
            GapMean = 1.1863425925925926e-11,
            GapStd = 8.983897393668996e-12,
            DecayedCount = 3.7149857228329193,
            DecayedSum = 3714985724.597537,
            DecayedMean = 1000000000.475,
            Distinct = 4,
            KindsTopShare = 1.0,
            KindsDistinct = 2,
            ActiveDays = 2,
            CurrentStreak = 0,
            LongestStreak = 2,
        },
        new("NearlyEqual")
        {
            Ages = [10, 20, 31, 45, 45, 60],
            Values = [0.1, 0.10000000000000002, 0.1, 0.09999999999999999, 0.10000000000000003, 0.1],
            Kinds = ["a", "b", "c", "d", "e", "f"],
            Mean = 0.1,
            Variance = 2.0543252740130515e-34,
            Std = 1.433291761649753e-17,
            Skew = 0.6656690126293998,
            Slope = 3.782090461414037e-08,
            Quantiles = [0.09999999999999999, 0.1, 0.1, 0.1, 0.10000000000000003, 0.10000000000000003],
            Entropy = 1.7917594692280547,
            GapMean = 1.1574074074074074e-11,
            GapStd = 6.896050513780662e-12,
            DecayedCount = 5.999999999975818,
            DecayedSum = 0.5999999999975818,
            DecayedMean = 0.1,
            Distinct = 4,
            KindsTopShare = 0.3333333333333333,
            KindsDistinct = 6,
            ActiveDays = 1,
            CurrentStreak = 1,
            LongestStreak = 1,
        },
        new("OutlierNewest")
        {
            Ages = [864000000000, 1728000007919, 2592000031676, 3456000071271, 4320000126704, 5184000197975, 6048000285084, 6912000388031, 7776000506816, 8640000641439, 9504000791900, 10368000958199, 11232001140336, 12096001338311, 12960001552124, 13824001781775, 14688002027264, 15552002288591, 16416002565756, 17280002858759, 18144003167600],
            Values = [1000000.0, 1.0, 1.001, 1.002, 1.003, 1.004, 1.005, 1.006, 1.007, 1.008, 1.009, 1.01, 1.011, 1.012, 1.013, 1.014, 1.015, 1.016, 1.017, 1.018, 1.019],
            Kinds = ["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"],
            Mean = 47620.009047619045,
            Variance = 47618951476.23904,
            Std = 218217.66994503228,
            Skew = 4.5825756949558345,
            Slope = 12986.995878466198,
            Quantiles = [1.0, 1.002, 1.005, 1.01, 1.018, 1000000.0],
            Entropy = 0.0,
            GapMean = 1.0000001833101853,
            GapStd = 1.0844776806103208e-07,
            DecayedCount = 8.406225667722119,
            DecayedSum = 905731.2128063097,
            DecayedMean = 107745.28886181337,
            Distinct = 21,
            KindsTopShare = 1.0,
            KindsDistinct = 1,
            ActiveDays = 21,
            CurrentStreak = 1,
            LongestStreak = 20,
        },
        new("Purchases")
        {
            Ages = [136476694340, 5837370364556, 7216791865652, 7780310104899, 7854600503157, 12128873977709, 16202474494393, 20105773091155, 20660039593253, 21286240604481, 22642505304671, 23255781721131],
            Values = [22.32, 7.92, 19.51, 40.26, 5.24, 12.71, 3.0, 5.53, 3.18, 15.88, 5.66, 26.34],
            Kinds = ["y", "x", "x", "z", "w", "y", "w", "w", "w", "z", "y", "z"],
            Mean = 13.9625,
            Variance = 130.88183863636363,
            Std = 11.440360074593965,
            Skew = 1.1813634122948289,
            Slope = 0.3820247690286373,
            Quantiles = [3.0, 3.386, 5.4575000000000005, 10.315000000000001, 25.938000000000002, 40.26],
            Entropy = 1.3579778549873243,
            GapMean = 2.4325868083744737,
            GapStd = 2.2900651728275703,
            DecayedCount = 3.580620016838751,
            DecayedSum = 61.32150804468199,
            DecayedMean = 17.125946834990152,
            Distinct = 12,
            KindsTopShare = 0.5833333333333333,
            KindsDistinct = 4,
            ActiveDays = 9,
            CurrentStreak = 1,
            LongestStreak = 2,
        },
        new("Two")
        {
            Ages = [69120000000000, 69120000000010],
            Values = [3.0, 1.0],
            Kinds = ["a", "b"],
            Mean = 2.0,
            Variance = 2.0,
            Std = 1.4142135623730951,
            Skew = double.NaN,
            Slope = 172800000000.0,
            Quantiles = [1.0, 1.2, 1.5, 2.0, 2.8, 3.0],
            Entropy = 0.6931471805599453,
            GapMean = 1.1574074074074074e-11,
            GapStd = double.NaN,
            DecayedCount = 0.0007255831489922348,
            DecayedSum = 0.0014511662979848855,
            DecayedMean = 2.000000000000573,
            Distinct = 2,
            KindsTopShare = 1.0,
            KindsDistinct = 2,
            ActiveDays = 2,
            CurrentStreak = 0,
            LongestStreak = 2,
        },
        new("OneTick")
        {
            Ages = [1, 2, 3, 5],
            Values = [1e-09, -1e-09, 2e-09, 0.5],
            Kinds = ["a", "a", null, null],
            Mean = 0.1250000005,
            Variance = 0.06249999983333333,
            Std = 0.24999999966666667,
            Skew = 1.9999999999999998,
            Slope = -111085714236.34285,
            Quantiles = [-1e-09, -3.9999999999999996e-10, 5e-10, 1.5000000000000002e-09, 0.3500000006000001, 0.5],
            Entropy = 0.0,
            GapMean = 1.5432098765432098e-12,
            GapStd = 6.682294782287335e-13,
            DecayedCount = 3.9999999999987392,
            DecayedSum = 0.5000000019997135,
            DecayedMean = 0.12500000049996776,
            Distinct = 4,
            KindsTopShare = 1.0,
            KindsDistinct = 1,
            ActiveDays = 1,
            CurrentStreak = 1,
            LongestStreak = 1,
        },
        new("ALongLife")
        {
            Ages = [315360000000000, 630720000000001, 946080000000002, 1261440000000003, 1576800000000004, 1892160000000005, 2207520000000006, 2522880000000007, 2838240000000008, 3153600000000009],
            Values = [0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0],
            Kinds = ["a", "b", "a", "b", "a", "b", "a", "b", "a", "b"],
            Mean = 0.9,
            Variance = 0.7666666666666667,
            Std = 0.8755950357709131,
            Skew = 0.2234505289774542,
            Slope = -4.981320049813185e-05,
            Quantiles = [0.0, 0.0, 0.0, 1.0, 2.0, 2.0],
            Entropy = 0.6931471805599453,
            GapMean = 365.00000000000114,
            GapStd = 0.0,
            DecayedCount = 2.011110532027309e-16,
            DecayedSum = 4.044565572030702e-32,
            DecayedMean = 2.0111105320270784e-16,
            Distinct = 3,
            KindsTopShare = 1.0,
            KindsDistinct = 2,
            ActiveDays = 10,
            CurrentStreak = 0,
            LongestStreak = 1,
        },    ];

    /// <summary>Gets how long before the cutoff each event happened, in ticks; newest first.</summary>
    internal required long[] Ages { get; init; }

    internal required double[] Values { get; init; }

    internal required string?[] Kinds { get; init; }

    internal required double Mean { get; init; }

    internal required double Variance { get; init; }

    internal required double Std { get; init; }

    internal required double Skew { get; init; }

    internal required double Slope { get; init; }

    internal required double[] Quantiles { get; init; }

    internal required double Entropy { get; init; }

    internal required double GapMean { get; init; }

    internal required double GapStd { get; init; }

    internal required double DecayedCount { get; init; }

    internal required double DecayedSum { get; init; }

    internal required double DecayedMean { get; init; }

    internal required double Distinct { get; init; }

    /// <summary>Gets the share of the two most frequent kinds.</summary>
    internal required double KindsTopShare { get; init; }

    internal required double KindsDistinct { get; init; }

    internal required double ActiveDays { get; init; }

    internal required double CurrentStreak { get; init; }

    internal required double LongestStreak { get; init; }

    /// <summary>Lists the features and their values.</summary>
    internal IEnumerable<(FeatureDefinition Feature, double Value)> Expected()
    {
        yield return (Feature(FeatureAggregate.Mean), Mean);
        yield return (Feature(FeatureAggregate.Variance), Variance);
        yield return (Feature(FeatureAggregate.Std), Std);
        yield return (Feature(FeatureAggregate.Skew), Skew);
        yield return (Feature(FeatureAggregate.Slope), Slope);
        yield return (Feature(FeatureAggregate.Entropy, "kind"), Entropy);
        yield return (Feature(FeatureAggregate.GapMean, null), GapMean);
        yield return (Feature(FeatureAggregate.GapStd, null), GapStd);
        yield return (Feature(FeatureAggregate.DecayedCount, null) with { Period = TimeSpan.FromDays(7) }, DecayedCount);
        yield return (Feature(FeatureAggregate.DecayedSum) with { Period = TimeSpan.FromDays(7) }, DecayedSum);
        yield return (Feature(FeatureAggregate.DecayedMean) with { Period = TimeSpan.FromDays(7) }, DecayedMean);
        yield return (Feature(FeatureAggregate.Distinct), Distinct);
        yield return (Feature(FeatureAggregate.TopShare, "kind") with { Parameter = 2 }, KindsTopShare);
        yield return (Feature(FeatureAggregate.Distinct, "kind") with { Name = "distinct kinds" }, KindsDistinct);
        yield return (Feature(FeatureAggregate.ActivePeriods, null) with { Period = TimeSpan.FromDays(1) }, ActiveDays);
        yield return (Feature(FeatureAggregate.CurrentStreak, null) with { Period = TimeSpan.FromDays(1) }, CurrentStreak);
        yield return (Feature(FeatureAggregate.LongestStreak, null) with { Period = TimeSpan.FromDays(1) }, LongestStreak);
        for (int i = 0; i < Shares.Length; i++)
        {
            yield return (Feature(FeatureAggregate.Quantile) with { Name = $"quantile_{i}", Parameter = Shares[i] }, Quantiles[i]);
        }
    }

    /// <summary>Returns the series as the events of one person.</summary>
    internal World World(long cutoff) => new([.. Ages.Select((age, i) => new Activity("anna", cutoff - age, cutoff - age, Values[i], Kinds[i], i))], []);

    private static FeatureDefinition Feature(FeatureAggregate aggregate, string? column = "amount") =>
        new() { Name = aggregate.ToString(), Source = "activities", Aggregate = aggregate, Column = column, Window = FeatureWindow.WholeHistory };
}
