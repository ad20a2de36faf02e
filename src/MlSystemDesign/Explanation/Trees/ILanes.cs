namespace MlSystemDesign.Explanation.Trees;

/// <summary>A few quadrature nodes side by side in vector registers. A lane never meets another, so that every width gives the same bits.</summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf One { get; }

    static abstract TSelf Load(ref double origin, nint offset);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    void Store(ref double origin, nint offset);
}
