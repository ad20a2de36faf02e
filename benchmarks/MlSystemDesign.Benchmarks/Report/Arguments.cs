using System.Globalization;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>Options of a command that take a value each: <c>--rows 1000 --output FILE</c>.</summary>
internal static class Arguments
{
    /// <summary>Reads them.</summary>
    /// <param name="arguments">What stands behind the name of the command.</param>
    /// <param name="numbers">The options that take a whole number from 1, with their defaults; overwritten.</param>
    /// <param name="output">The value of --output; <see langword="null"/> without.</param>
    /// <returns>Whether every one is known and has a sound value.</returns>
    internal static bool TryRead(ReadOnlySpan<string> arguments, Dictionary<string, int> numbers, out string? output)
    {
        output = null;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length)
            {
                return false;
            }

            if (arguments[i] == "--output")
            {
                output = arguments[i + 1];
            }
            else if (numbers.ContainsKey(arguments[i]) && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
            {
                numbers[arguments[i]] = number;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
