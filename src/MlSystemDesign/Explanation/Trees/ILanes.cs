namespace MlSystemDesign.Explanation.Trees;

/// <summary>A few quadrature nodes, or rows, side by side in vector registers. A lane never meets another, so that every width gives the same bits.</summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf One { get; }

    static abstract TSelf Load(ref double origin, nint offset);

    static abstract TSelf Broadcast(ref double origin, nint offset);

    /// <summary>Per lane one of two, by a mask whose bits are all set or all clear.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whereSet, TSelf whereClear);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    void Store(ref double origin, nint offset);
}
