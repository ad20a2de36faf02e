using System.Globalization;

namespace MlSystemDesign.Explanation;

/// <summary>How finely a <see cref="GlobalExplanation"/> looks, and what it keeps.</summary>
public sealed class GlobalExplainerOptions
{
    /// <summary>Gets or sets how many bins of near equal mass a number column has in its dependence; missing values have one of their own.</summary>
    /// <value>A count in [2, 100]. The default is 10.</value>
    public int Bins { get; set; } = 10;

    /// <summary>Gets or sets how many levels of a category column have a bin of their own, the most frequent first; the others share one.</summary>
    /// <value>A count in [1, 100]. The default is 12.</value>
    public int Levels { get; set; } = 12;

    /// <summary>Gets or sets how many rows are kept for plots and for comparing distributions, one of an entity at most.</summary>
    /// <value>A count in [100, 100 000]. The default is 2000.</value>
    public int SampleSize { get; set; } = 2000;

    /// <summary>Gets or sets for how many rows interactions are computed, of all rows explained. They cost many times what the attributions cost.</summary>
    /// <value>A count in [0, 1 000 000]; 0 leaves interactions out. The default is 0.</value>
    public int InteractionRows { get; set; }

    /// <summary>Gets or sets how many pairs are listed, the strongest first.</summary>
    /// <value>A count in [1, 10 000]. The default is 20.</value>
    public int Interactions { get; set; } = 20;

    /// <summary>Gets or sets the nominal coverage of the intervals.</summary>
    /// <value>Inside (0, 1). The default is 0.95.</value>
    public double Confidence { get; set; } = 0.95;

    /// <summary>Checks all values.</summary>
    /// <exception cref="PlanException">A value is outside its range; every fault is named.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(faults, Bins is >= 2 and <= 100, nameof(Bins), "in [2, 100]", Bins, "10");
        Require(faults, Levels is >= 1 and <= 100, nameof(Levels), "in [1, 100]", Levels, "12");
        Require(faults, SampleSize is >= 100 and <= 100_000, nameof(SampleSize), "in [100, 100000]", SampleSize, "2000");
        Require(faults, InteractionRows is >= 0 and <= 1_000_000, nameof(InteractionRows), "in [0, 1000000]", InteractionRows, "500");
        Require(faults, Interactions is >= 1 and <= 10_000, nameof(Interactions), "in [1, 10000]", Interactions, "20");
        Require(faults, Confidence is > 0 and < 1, nameof(Confidence), "inside (0, 1)", Confidence, "0.95");
        if (faults.Count > 0)
        {
            throw new PlanException("Global explainer options", faults);
        }
    }

    private static void Require(List<string> faults, bool valid, string name, string range, double value, string usual)
    {
        if (!valid)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {range}. Got {value:R}. Use {usual} unless you know better."));
        }
    }
}
