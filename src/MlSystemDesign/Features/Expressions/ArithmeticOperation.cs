namespace MlSystemDesign.Features;

/// <summary>One step of a compiled arithmetic.</summary>
internal enum ArithmeticOperation
{
    /// <summary>Puts a constant on the stack.</summary>
    Constant,

    /// <summary>Puts an operand on the stack.</summary>
    Operand,

    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Abs,
    Log,
    Exp,
    Sqrt,
    Floor,
    Min,
    Max,
    Pow,

    /// <summary>Comparisons give 1, 0 or, with a missing side, missing.</summary>
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    NotEqual,

    /// <summary>Takes a condition and two values, and leaves the value that the condition picks.</summary>
    Pick,
}
