namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>A compiled loop over pairs. One per thread; allocates nothing per pair.</summary>
internal interface ILoopKernel
{
    /// <summary>Answers the pairs of a range.</summary>
    void Run(int from, int to);
}
