namespace MlSystemDesign.Features;

/// <summary>One step of a compiled arithmetic: what to do, and with which constant or operand.</summary>
internal readonly record struct ArithmeticStep(ArithmeticOperation Operation, double Constant = 0, int Operand = 0)
{
    /// <summary>Gets by how much the stack grows.</summary>
    internal int Growth => Operation switch
    {
        ArithmeticOperation.Constant or ArithmeticOperation.Operand => 1,
        ArithmeticOperation.Pick => -2,
        ArithmeticOperation.Negate or ArithmeticOperation.Abs or ArithmeticOperation.Log or ArithmeticOperation.Exp or ArithmeticOperation.Sqrt or ArithmeticOperation.Floor => 0,
        _ => -1,
    };
}
