namespace MlSystemDesign.Features;

/// <summary>What a piece of arithmetic text is.</summary>
internal enum ArithmeticTokenKind
{
    Number,
    Name,
    Symbol,
    End,
}

/// <summary>A piece of arithmetic text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character in the text, from 0.</param>
/// <param name="Length">Its length in the text.</param>
/// <param name="Text">The symbol, or the name without brackets.</param>
/// <param name="Number">The number.</param>
/// <param name="InBrackets">Whether it is a name in brackets, which is never a function.</param>
internal readonly record struct ArithmeticToken(ArithmeticTokenKind Kind, int Start, int Length, string Text, double Number = 0, bool InBrackets = false)
{
    internal bool Is(string symbol) => Kind == ArithmeticTokenKind.Symbol && string.Equals(Text, symbol, StringComparison.Ordinal);
}
