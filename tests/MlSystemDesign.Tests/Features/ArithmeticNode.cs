using System.Globalization;
using CsCheck;

namespace MlSystemDesign.Tests.Features;

/// <summary>A random tree of arithmetic with its text and a naive evaluation: the judge of the compiled one. Operands are named v0 to v3.</summary>
internal abstract record ArithmeticNode
{
    private static readonly Gen<ArithmeticNode> Leaf = Gen.OneOf(
        AnyOf(0, 1, 2, 0.5, 1e-3, 1e200).Select(v => (ArithmeticNode)new Constant(v)),
        Gen.Int[0, 3].Select(i => (ArithmeticNode)new Variable(i)));

    internal static Gen<ArithmeticNode> Random { get; } = Gen.Recursive<ArithmeticNode>((depth, inner) => depth >= 4 ? Leaf : Gen.Frequency(
        (1, Leaf),
        (2, Gen.Select(AnyOf("-", "abs", "log", "exp", "sqrt", "floor"), inner, (f, a) => (ArithmeticNode)new Unary(f, a))),
        (4, Gen.Select(AnyOf("+", "-", "*", "/", "min", "max", "pow"), inner, inner, (f, a, b) => (ArithmeticNode)new Binary(f, a, b))),
        (1, Gen.Select(AnyOf("<", "<=", ">", ">=", "==", "!="), inner, inner, inner, inner, (c, l, r, a, b) => (ArithmeticNode)new Choice(c, l, r, a, b)))));

    internal abstract string Text();

    internal abstract double Value(double[] operands);

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private sealed record Constant(double Number) : ArithmeticNode
    {
        internal override string Text() => Number.ToString("R", CultureInfo.InvariantCulture);

        internal override double Value(double[] operands) => Number;
    }

    private sealed record Variable(int Index) : ArithmeticNode
    {
        internal override string Text() => Index % 2 == 0 ? $"v{Index}" : $"[v {Index}]";

        internal override double Value(double[] operands) => operands[Index];
    }

    private sealed record Unary(string Function, ArithmeticNode A) : ArithmeticNode
    {
        internal override string Text() => $"{Function}({A.Text()})";

        internal override double Value(double[] operands)
        {
            double a = A.Value(operands);
            return Function switch { "-" => -a, "abs" => Math.Abs(a), "log" => Math.Log(a), "exp" => Math.Exp(a), "sqrt" => Math.Sqrt(a), _ => Math.Floor(a) };
        }
    }

    private sealed record Binary(string Operator, ArithmeticNode A, ArithmeticNode B) : ArithmeticNode
    {
        internal override string Text() => Operator.Length == 1 ? $"({A.Text()} {Operator} {B.Text()})" : $"{Operator}({A.Text()}, {B.Text()})";

        internal override double Value(double[] operands)
        {
            double a = A.Value(operands), b = B.Value(operands);
            return double.IsNaN(a) || double.IsNaN(b)
                ? double.NaN
                : Operator switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, "min" => Math.Min(a, b), "max" => Math.Max(a, b), _ => Math.Pow(a, b) };
        }
    }

    private sealed record Choice(string Comparison, ArithmeticNode Left, ArithmeticNode Right, ArithmeticNode A, ArithmeticNode B) : ArithmeticNode
    {
        internal override string Text() => $"if({Left.Text()} {Comparison} {Right.Text()}, {A.Text()}, {B.Text()})";

        internal override double Value(double[] operands)
        {
            double left = Left.Value(operands), right = Right.Value(operands);
            return double.IsNaN(left) || double.IsNaN(right)
                ? double.NaN
                : Comparison switch { "<" => left < right, "<=" => left <= right, ">" => left > right, ">=" => left >= right, "==" => left == right, _ => left != right }
                    ? A.Value(operands)
                    : B.Value(operands);
        }
    }
}
