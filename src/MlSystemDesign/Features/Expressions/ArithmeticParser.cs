namespace MlSystemDesign.Features;

/// <summary>Compiles arithmetic text to steps in postfix order, by recursive descent.</summary>
internal sealed class ArithmeticParser
{
    /// <summary>How deep parentheses, calls and signs may nest: far more than a person reads, far less than the stack holds.</summary>
    internal const int MaxDepth = 64;

    private static readonly Dictionary<string, (int Least, int Most, ArithmeticOperation Operation)> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = (1, 1, ArithmeticOperation.Abs),
        ["log"] = (1, 1, ArithmeticOperation.Log),
        ["exp"] = (1, 1, ArithmeticOperation.Exp),
        ["sqrt"] = (1, 1, ArithmeticOperation.Sqrt),
        ["floor"] = (1, 1, ArithmeticOperation.Floor),
        ["min"] = (2, int.MaxValue, ArithmeticOperation.Min),
        ["max"] = (2, int.MaxValue, ArithmeticOperation.Max),
        ["pow"] = (2, 2, ArithmeticOperation.Pow),
    };

    private static readonly Dictionary<string, ArithmeticOperation> Comparisons = new(StringComparer.Ordinal)
    {
        ["<"] = ArithmeticOperation.Less,
        ["<="] = ArithmeticOperation.AtMost,
        [">"] = ArithmeticOperation.Greater,
        [">="] = ArithmeticOperation.AtLeast,
        ["=="] = ArithmeticOperation.Equal,
        ["!="] = ArithmeticOperation.NotEqual,
    };

    private readonly List<ArithmeticToken> _tokens;
    private readonly List<ArithmeticStep> _steps = [];
    private readonly List<string> _names = [];
    private int _at;
    private int _depth;

    private ArithmeticParser(string text) => _tokens = ArithmeticLexer.Cut(text);

    private ArithmeticToken Current => _tokens[_at];

    /// <summary>Compiles a text.</summary>
    /// <exception cref="ArithmeticSyntaxException">The text is no arithmetic.</exception>
    internal static (ArithmeticStep[] Steps, string[] Names) Parse(string text)
    {
        ArithmeticParser parser = new(text);
        parser.Sum();
        return parser.Current.Kind == ArithmeticTokenKind.End
            ? ([.. parser._steps], [.. parser._names])
            : throw parser.Unexpected("Arithmetic must go on with an operator after a value.", Comparisons.ContainsKey(parser.Current.Text)
                ? "Compare inside if(condition, value, other value) only." : "Write an operator between values, and close what was opened.");
    }

    /// <summary>Tells whether a token is a name of a value, not of a function.</summary>
    internal static bool IsOperand(List<ArithmeticToken> tokens, int index) =>
        tokens[index].Kind == ArithmeticTokenKind.Name && (tokens[index].InBrackets || !tokens[index + 1].Is("("));

    private void Sum()
    {
        Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            ArithmeticOperation operation = Take().Is("+") ? ArithmeticOperation.Add : ArithmeticOperation.Subtract;
            Product();
            _steps.Add(new(operation));
        }
    }

    private void Product()
    {
        Signed();
        while (Current.Is("*") || Current.Is("/"))
        {
            ArithmeticOperation operation = Take().Is("*") ? ArithmeticOperation.Multiply : ArithmeticOperation.Divide;
            Signed();
            _steps.Add(new(operation));
        }
    }

    private void Signed()
    {
        if (++_depth > MaxDepth)
        {
            throw Unexpected($"Arithmetic must not nest deeper than {MaxDepth} levels.", "Split it into several.");
        }

        if (Current.Is("-"))
        {
            Take();
            Signed();
            _steps.Add(new(ArithmeticOperation.Negate));
        }
        else
        {
            Value();
        }

        _depth--;
    }

    private void Value()
    {
        if (Current.Kind == ArithmeticTokenKind.Number)
        {
            _steps.Add(new(ArithmeticOperation.Constant, Constant: Take().Number));
        }
        else if (IsOperand(_tokens, _at))
        {
            _steps.Add(new(ArithmeticOperation.Operand, Operand: Operand(Take().Text)));
        }
        else if (Current.Kind == ArithmeticTokenKind.Name)
        {
            Call();
        }
        else if (Current.Is("("))
        {
            Take();
            Sum();
            Expect(")");
        }
        else
        {
            throw Unexpected("Arithmetic must have a value here: a number, a name, a function or parentheses.", "Write one.");
        }
    }

    private int Operand(string name)
    {
        int operand = _names.IndexOf(name);
        if (operand < 0)
        {
            operand = _names.Count;
            _names.Add(name);
        }

        return operand;
    }

    private void Call()
    {
        ArithmeticToken name = Current;
        bool pick = name.Text == "if";
        if (!pick && !Functions.ContainsKey(name.Text))
        {
            throw Unexpected($"A function must be one of {string.Join(", ", Functions.Keys)}, if.", "Use one of them, or put the name of a value in [brackets].");
        }

        Take();
        Take();
        if (pick)
        {
            Pick();
        }
        else
        {
            Arguments(name);
        }

        Expect(")");
    }

    private void Pick()
    {
        Sum();
        if (Current.Kind != ArithmeticTokenKind.Symbol || !Comparisons.TryGetValue(Current.Text, out ArithmeticOperation comparison))
        {
            throw Unexpected("A condition must compare two values with < <= > >= == or !=.", "Write if(a > b, value, other value).");
        }

        Take();
        Sum();
        _steps.Add(new(comparison));
        Expect(",");
        Sum();
        Expect(",");
        Sum();
        _steps.Add(new(ArithmeticOperation.Pick));
    }

    private void Arguments(ArithmeticToken name)
    {
        (int least, int most, ArithmeticOperation operation) = Functions[name.Text];
        Sum();
        for (int given = 2; given <= least || (given <= most && Current.Is(",")); given++)
        {
            Expect(",");
            Sum();
            _steps.Add(new(operation));
        }

        if (least == 1)
        {
            _steps.Add(new(operation));
        }
    }

    private void Expect(string symbol)
    {
        if (!Current.Is(symbol))
        {
            throw Unexpected($"Arithmetic must have '{symbol}' here.", "Close what was opened, and give a function the values that it takes.");
        }

        Take();
    }

    private ArithmeticToken Take() => _tokens[_at++];

    private ArithmeticSyntaxException Unexpected(string must, string remedy) =>
        new(Current.Start, must, Current.Kind == ArithmeticTokenKind.End ? "the end" : $"'{Current.Text}'", remedy);
}
