using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Checks options by name: what must hold, what came, what to do.</summary>
internal static class OptionRange
{
    internal static void AtLeast(int value, int least, string name, string owner) =>
        Require(value >= least, value, string.Create(CultureInfo.InvariantCulture, $"at least {least}"), name, owner);

    internal static void In(double value, double low, double high, string name, string owner) =>
        Require(value >= low && value <= high, value, string.Create(CultureInfo.InvariantCulture, $"in [{low}, {high}]"), name, owner);

    internal static void InLeftOpen(double value, double low, double high, string name, string owner) =>
        Require(value > low && value <= high, value, string.Create(CultureInfo.InvariantCulture, $"in ({low}, {high}]"), name, owner);

    internal static void Known<TEnum>(TEnum value, string name, string owner)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, $"{name} of {owner} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}. Got {value}. Use one of them.");
        }
    }

    private static void Require(bool holds, IFormattable value, string range, string name, string owner)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(
                name, $"{name} of {owner} must be {range}. Got {value.ToString(null, CultureInfo.InvariantCulture)}. Set a value in that range.");
        }
    }
}
