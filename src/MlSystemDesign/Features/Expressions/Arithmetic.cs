using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Arithmetic over named numbers, compiled from text such as "quantity * price" or "if(visits > 0, spend / visits, 0)".</summary>
/// <remarks>
/// <para>Numbers are written as in code (0.5, 1e-3), whatever the culture. Names start with a letter or underscore and go on with letters, digits and underscores; any
/// other name stands in [brackets], a ] inside it twice. Operators: + - * /, unary -, parentheses. Functions: abs, log (natural), exp, sqrt, floor, min and max (of two or
/// more), pow, and if(a &lt; b, value, other value) with &lt; &lt;= &gt; &gt;= == !=.</para>
/// <para>A missing value (NaN) makes missing whatever needs it: also min, max and pow, and a comparison, whose if is then missing. An if does not need the value that it
/// does not pick. Infinite results are left to the caller.</para>
/// <para>Immutable; safe for concurrent use. To evaluate costs one step per number, name and operator, and allocates nothing.</para>
/// </remarks>
internal sealed class Arithmetic
{
    private readonly ArithmeticStep[] _steps;
    private readonly int _depth;

    private Arithmetic(string text, ArithmeticStep[] steps, string[] names)
    {
        Text = text;
        Names = Array.AsReadOnly(names);
        _steps = steps;
        int depth = 0;
        foreach (ArithmeticStep step in steps)
        {
            depth += step.Growth;
            _depth = Math.Max(_depth, depth);
        }
    }

    /// <summary>Gets the text that it was compiled from.</summary>
    internal string Text { get; }

    /// <summary>Gets the names, each once, in the order of first use.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Compiles a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arithmetic">What it says.</param>
    /// <param name="fault">Otherwise what is wrong with it, in three parts, with the position.</param>
    internal static bool TryParse(string? text, [NotNullWhen(true)] out Arithmetic? arithmetic, [NotNullWhen(false)] out string? fault)
    {
        (arithmetic, fault) = (null, null);
        try
        {
            (ArithmeticStep[] steps, string[] names) = ArithmeticParser.Parse(text ?? string.Empty);
            arithmetic = new Arithmetic(text!, steps, names);
            return true;
        }
        catch (ArithmeticSyntaxException e)
        {
            fault = e.In(text ?? string.Empty);
            return false;
        }
    }

    /// <summary>Compiles a text of a plan that has no faults.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    internal static Arithmetic Parse(string text) => TryParse(text, out Arithmetic? arithmetic, out string? fault) ? arithmetic : throw new InvalidOperationException(fault);

    /// <summary>Writes a name so that it reads back as a name: "amount_sum_30d", "[odd name]".</summary>
    internal static string Quote(string name) => ArithmeticLexer.Quote(name);

    /// <summary>Returns a text with other names; a text that is no arithmetic comes back as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rename">Gives the new name of each.</param>
    internal static string Rename(string text, Func<string, string> rename)
    {
        if (!TryParse(text, out _, out _))
        {
            return text;
        }

        List<ArithmeticToken> tokens = ArithmeticLexer.Cut(text);
        StringBuilder renamed = new();
        int at = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (ArithmeticParser.IsOperand(tokens, i) && rename(tokens[i].Text) is { } name && name != tokens[i].Text)
            {
                renamed.Append(text, at, tokens[i].Start - at).Append(Quote(name));
                at = tokens[i].Start + tokens[i].Length;
            }
        }

        return renamed.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Computes the value.</summary>
    /// <param name="operands">The values of <see cref="Names"/>, in their order; NaN is missing.</param>
    /// <returns>The value; NaN when missing; may be infinite.</returns>
    internal double Evaluate(ReadOnlySpan<double> operands)
    {
        // The parser limits the depth, so the stack stays small.
        Span<double> stack = stackalloc double[_depth];
        int top = -1;
        foreach (ref readonly ArithmeticStep step in _steps.AsSpan())
        {
            switch (step.Operation)
            {
                case ArithmeticOperation.Constant:
                    stack[++top] = step.Constant;
                    break;
                case ArithmeticOperation.Operand:
                    stack[++top] = operands[step.Operand];
                    break;
                case ArithmeticOperation.Pick:
                    top -= 2;
                    stack[top] = double.IsNaN(stack[top]) ? double.NaN : stack[top] != 0 ? stack[top + 1] : stack[top + 2];
                    break;
                case ArithmeticOperation.Negate or ArithmeticOperation.Abs or ArithmeticOperation.Log or ArithmeticOperation.Exp or ArithmeticOperation.Sqrt or ArithmeticOperation.Floor:
                    stack[top] = Apply(step.Operation, stack[top]);
                    break;
                default:
                    top--;
                    stack[top] = Apply(step.Operation, stack[top], stack[top + 1]);
                    break;
            }
        }

        return stack[0];
    }

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    private static double Apply(ArithmeticOperation operation, double value) => operation switch
    {
        ArithmeticOperation.Negate => -value,
        ArithmeticOperation.Abs => Math.Abs(value),
        ArithmeticOperation.Log => Math.Log(value),
        ArithmeticOperation.Exp => Math.Exp(value),
        ArithmeticOperation.Sqrt => Math.Sqrt(value),
        _ => Math.Floor(value),
    };

    private static double Apply(ArithmeticOperation operation, double left, double right) => operation switch
    {
        ArithmeticOperation.Add => left + right,
        ArithmeticOperation.Subtract => left - right,
        ArithmeticOperation.Multiply => left * right,
        ArithmeticOperation.Divide => left / right,
        ArithmeticOperation.Min => Math.Min(left, right),
        ArithmeticOperation.Max => Math.Max(left, right),
        // Mathematics may not know the base or the exponent and still know the power (x⁰ = 1); a missing value is missing.
        _ when double.IsNaN(left) || double.IsNaN(right) => double.NaN,
        ArithmeticOperation.Pow => Math.Pow(left, right),
        ArithmeticOperation.Less => left < right ? 1 : 0,
        ArithmeticOperation.AtMost => left <= right ? 1 : 0,
        ArithmeticOperation.Greater => left > right ? 1 : 0,
        ArithmeticOperation.AtLeast => left >= right ? 1 : 0,
        ArithmeticOperation.Equal => left == right ? 1 : 0,
        _ => left != right ? 1 : 0,
    };
}
