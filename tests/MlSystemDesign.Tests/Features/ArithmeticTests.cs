using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.Tests.Composition;

namespace MlSystemDesign.Tests.Features;

public sealed class ArithmeticTests
{
    private static readonly double[] Values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, 2, 0.5, -2.5, 1e-300, 1e300, 3];

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("8 - 4 - 2", 2)]
    [InlineData("8 / 4 / 2", 1)]
    [InlineData("-2 * -3", 6)]
    [InlineData("1 - -1", 2)]
    [InlineData("--1", 1)]
    [InlineData("-(1 + 1)", -2)]
    [InlineData("1.5e2 + .5 + 1E-1", 150.6)]
    [InlineData("min(3, 1, 2) + max(3, 5, 4)", 6)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("floor(-1.5)", -2)]
    [InlineData("abs(-4) + sqrt(9)", 7)]
    [InlineData("log(exp(1))", 1)]
    [InlineData("if(1 < 2, 10, 20) + if(2 <= 1, 1, 2)", 12)]
    [InlineData("if(1 >= 1, if(1 != 1, 1, 2), 3)", 2)]
    [InlineData("if(1 + 1 == 2, 3, 4) * 2", 6)]
    [InlineData("if(1 > 0, 1, 1 / 0)", 1)]
    [InlineData(" 7 ", 7)]
    public void Evaluate_Constants_FollowsTheRulesOfArithmetic(string text, double expected) => Value(text).Should().Be(expected);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void TryParse_InAnyCulture_ReadsPointsAndNames(string culture)
    {
        using CultureScope scope = new(culture);

        Value("min(1.5, 2)").Should().Be(1.5);
        Parse("ISTANBUL_ıi + İpek * çelik").Names.Should().Equal("ISTANBUL_ıi", "İpek", "çelik");
        Fault("if(1,5 > 2, 1, 2)").Should().Be(
            "A condition must compare two values with < <= > >= == or !=. Got ',' at character 5 of 'if(1,5 > 2, 1, 2)'. Write if(a > b, value, other value).");
    }

    [Fact]
    public void Names_OfAText_AreDistinctInOrderOfFirstUse()
    {
        Arithmetic arithmetic = Parse("[odd name] / (a + 1) - a * [b]]c] + min + [log]");

        arithmetic.Names.Should().Equal("odd name", "a", "b]c", "min", "log");
        arithmetic.Evaluate([6, 1, 3, 10, 100]).Should().Be((6.0 / 2) - 3 + 10 + 100);
        arithmetic.ToString().Should().StartWith("[odd name]");
        Parse("1 + 2").Names.Should().BeEmpty();
    }

    [Theory]
    [InlineData("amount_sum_30d", "amount_sum_30d")]
    [InlineData("_x1", "_x1")]
    [InlineData("1x", "[1x]")]
    [InlineData("odd name", "[odd name]")]
    [InlineData("a]b", "[a]]b]")]
    [InlineData("amount_above_99.5_count", "[amount_above_99.5_count]")]
    public void Quote_AnyName_ReadsBack(string name, string quoted)
    {
        Arithmetic.Quote(name).Should().Be(quoted);
        Parse($"1+{quoted}").Names.Should().Equal(name);
    }

    [Fact]
    public void Rename_SomeNames_LeavesTheRestOfTheText() =>
        Arithmetic.Rename("min( [a b],a ) +  log(log) / a", n => n switch { "a" => "x y", "log" => "lg", _ => n }).Should().Be("min( [a b],[x y] ) +  log(lg) / [x y]");

    [Theory]
    [InlineData("", "Arithmetic must have a value here: a number, a name, a function or parentheses. Got the end at character 1 of ''. Write one.")]
    [InlineData("1 +", "Arithmetic must have a value here: a number, a name, a function or parentheses. Got the end at character 4 of '1 +'. Write one.")]
    [InlineData("a b", "Arithmetic must go on with an operator after a value. Got 'b' at character 3 of 'a b'. Write an operator between values, and close what was opened.")]
    [InlineData("a > b", "Arithmetic must go on with an operator after a value. Got '>' at character 3 of 'a > b'. Compare inside if(condition, value, other value) only.")]
    [InlineData("(a", "Arithmetic must have ')' here. Got the end at character 3 of '(a'. Close what was opened, and give a function the values that it takes.")]
    [InlineData("log(a, b)", "Arithmetic must have ')' here. Got ',' at character 6 of 'log(a, b)'. Close what was opened, and give a function the values that it takes.")]
    [InlineData("min(a)", "Arithmetic must have ',' here. Got ')' at character 6 of 'min(a)'. Close what was opened, and give a function the values that it takes.")]
    [InlineData("pow(a, b, c)", "Arithmetic must have ')' here. Got ',' at character 9 of 'pow(a, b, c)'. Close what was opened, and give a function the values that it takes.")]
    [InlineData("median(a)", "A function must be one of abs, log, exp, sqrt, floor, min, max, pow, if. Got 'median' at character 1 of 'median(a)'. Use one of them, or put the name of a value in [brackets].")]
    [InlineData("a % b", "Arithmetic must consist of numbers, names, + - * / ( ) , and comparisons. Got '%' at character 3 of 'a % b'. Put a name with other characters in [brackets].")]
    [InlineData("[a", "A name in brackets must end with ]. Got none to the bracket at character 1 of '[a'. Close it; a ] inside a name is written twice.")]
    [InlineData("[]", "A name in brackets must not be empty. Got [] at character 1 of '[]'. Write the name between them.")]
    [InlineData("1e999", "A number must be finite and written like 0.5 or 1e-3. Got '1e999' at character 1 of '1e999'. Write it so.")]
    [InlineData("2a", "Arithmetic must go on with an operator after a value. Got 'a' at character 2 of '2a'. Write an operator between values, and close what was opened.")]
    public void TryParse_OfSomethingElse_SaysWhatAndWhere(string text, string fault) => Fault(text).Should().Be(fault);

    [Fact]
    public void TryParse_OfAnyText_NeverThrows() =>
        Gen.Char["ab1.(),[]<>=!+-*/ eif%"].Array[0, 30].Sample(chars => Arithmetic.TryParse(new string(chars), out Arithmetic? a, out string? f) ? a is not null : f!.Contains(" Got "), iter: 5_000);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("abs(", ")")]
    [InlineData("1 + (2 * (", "))")]
    public void TryParse_OfDeepNesting_StopsBeforeTheStackDoes(string open, string close)
    {
        string text = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));

        Fault(text).Should().StartWith("Arithmetic must not nest deeper than 64 levels. Got ").And.EndWith("Split it into several.");
        Value(string.Concat(Enumerable.Repeat(open, 31)) + "1" + string.Concat(Enumerable.Repeat(close, 31))).Should().NotBe(0, "half as deep as the limit is fine");
    }

    [Fact]
    public void Evaluate_LongChain_NeedsNoStack() => Value(string.Join(" + ", Enumerable.Repeat("1", 50_000))).Should().Be(50_000);

    [Theory]
    [InlineData("a + 1")]
    [InlineData("min(a, 1)")]
    [InlineData("max(1, a)")]
    [InlineData("pow(a, 0)")]
    [InlineData("pow(1, a)")]
    [InlineData("abs(a) * 0")]
    [InlineData("if(a > 1, 1, 2)")]
    [InlineData("if(a != a, 1, 2)")]
    [InlineData("if(1 == a, 1, 2)")]
    [InlineData("if(1 > 0, a, 2)")]
    [InlineData("floor(log(exp(sqrt(a))))")]
    public void Evaluate_WithAMissingValue_IsMissing(string text) => Parse(text).Evaluate([double.NaN]).Should().Be(double.NaN);

    [Fact]
    public void Evaluate_BranchNotTaken_IsNotNeeded()
    {
        Arithmetic perVisit = Parse("if(visits > 0, mean, 0)");

        perVisit.Evaluate([0, double.NaN]).Should().Be(0);
        perVisit.Evaluate([1, double.NaN]).Should().Be(double.NaN);
    }

    [Fact]
    public void Evaluate_DivisionByZero_IsLeftToTheCaller()
    {
        Parse("a / b").Evaluate([1, 0]).Should().Be(double.PositiveInfinity);
        Parse("a / b").Evaluate([0, 0]).Should().Be(double.NaN);
    }

    [Fact]
    public void Evaluate_AnyTree_IsTheNaiveEvaluationBitForBit() =>
        Gen.Select(ArithmeticNode.Random, Gen.Int[0, Values.Length - 1].Select(i => Values[i]).Array[4]).Sample(
            (tree, operands) =>
            {
                Arithmetic compiled = Parse(tree.Text());
                double value = compiled.Evaluate([.. compiled.Names.Select(n => operands[n[^1] - '0'])]), naive = tree.Value(operands);
                return BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(naive) || (double.IsNaN(value) && double.IsNaN(naive));
            },
            iter: 5_000);

    [Fact]
    public void Evaluate_ManyTimes_AllocatesNothing()
    {
        Arithmetic arithmetic = Parse("if(a > 1, log(1 + a), min(a, b, pow(b, 2)))");
        double[] operands = [2, 3];
        double sum = arithmetic.Evaluate(operands);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += arithmetic.Evaluate(operands);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        sum.Should().BeApproximately(1001 * Math.Log(3), 1e-9);
    }

    private static double Value(string text) => Parse(text).Evaluate([]);

    private static Arithmetic Parse(string text) => Arithmetic.TryParse(text, out Arithmetic? arithmetic, out string? fault) ? arithmetic : throw new FormatException(fault);

    private static string Fault(string text)
    {
        Arithmetic.TryParse(text, out Arithmetic? arithmetic, out string? fault).Should().BeFalse();
        arithmetic.Should().BeNull();
        return fault!;
    }
}
