namespace MlSystemDesign.Features;

/// <summary>Ends the parsing of arithmetic; <see cref="Arithmetic.TryParse"/> turns it into words.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this folder.
internal sealed class ArithmeticSyntaxException(int position, string must, string got, string remedy) : Exception(must)
#pragma warning restore CA1032, CA1064
{
    /// <summary>Returns the fault in three parts, with the position counted from 1.</summary>
    internal string In(string text) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Message} Got {got} at character {position + 1} of '{text}'. {remedy}");
}
