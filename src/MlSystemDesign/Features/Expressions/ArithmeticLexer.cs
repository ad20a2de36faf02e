using System.Globalization;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Cuts arithmetic text into numbers, names and symbols.</summary>
internal static class ArithmeticLexer
{
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "+", "-", "*", "/", "(", ")", ",", "<", ">"];

    /// <summary>Cuts the text; the last token is its end.</summary>
    /// <exception cref="ArithmeticSyntaxException">A piece is none of them.</exception>
    internal static List<ArithmeticToken> Cut(string text)
    {
        List<ArithmeticToken> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            ArithmeticToken token = at == text.Length ? new(ArithmeticTokenKind.End, at, 0, string.Empty) : Next(text, at);
            tokens.Add(token);
            if (token.Kind == ArithmeticTokenKind.End)
            {
                return tokens;
            }

            at += token.Length;
        }
    }

    /// <summary>Writes a name so that it reads back as a name: "amount_sum_30d", "[odd name]".</summary>
    internal static string Quote(string name) => name.Length > 0 && StartsName(name[0]) && name.All(ContinuesName) ? name : $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static ArithmeticToken Next(string text, int start)
    {
        char first = text[start];
        if (first == '[')
        {
            return InBrackets(text, start);
        }

        if (StartsName(first))
        {
            int end = start + 1;
            while (end < text.Length && ContinuesName(text[end]))
            {
                end++;
            }

            return new(ArithmeticTokenKind.Name, start, end - start, text[start..end]);
        }

        if (char.IsAsciiDigit(first) || first == '.')
        {
            return Number(text, start);
        }

        return Symbols.FirstOrDefault(s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) is { } symbol
            ? new(ArithmeticTokenKind.Symbol, start, symbol.Length, symbol)
            : throw new ArithmeticSyntaxException(
                start, "Arithmetic must consist of numbers, names, + - * / ( ) , and comparisons.", $"'{first}'", "Put a name with other characters in [brackets].");
    }

    private static ArithmeticToken InBrackets(string text, int start)
    {
        StringBuilder name = new();
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] != ']')
            {
                name.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == ']')
            {
                name.Append(']');
                at++;
            }
            else
            {
                return name.Length > 0
                    ? new(ArithmeticTokenKind.Name, start, at + 1 - start, name.ToString(), InBrackets: true)
                    : throw new ArithmeticSyntaxException(start, "A name in brackets must not be empty.", "[]", "Write the name between them.");
            }
        }

        throw new ArithmeticSyntaxException(start, "A name in brackets must end with ].", "none to the bracket", "Close it; a ] inside a name is written twice.");
    }

    private static ArithmeticToken Number(string text, int start)
    {
        int end = start;
        end = Digits(text, end);
        if (end < text.Length && text[end] == '.')
        {
            end = Digits(text, end + 1);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int digits = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1, exponentEnd = Digits(text, digits);
            end = exponentEnd > digits ? exponentEnd : end;
        }

        string digitsText = text[start..end];
        return double.TryParse(digitsText, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? new(ArithmeticTokenKind.Number, start, end - start, digitsText, number)
            : throw new ArithmeticSyntaxException(start, "A number must be finite and written like 0.5 or 1e-3.", $"'{digitsText}'", "Write it so.");
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool StartsName(char c) => char.IsLetter(c) || c == '_';

    private static bool ContinuesName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
