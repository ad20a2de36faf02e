using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>One way to compute the features. Ingest once, then compute any number of times; <see cref="IDisposable.Dispose"/> lets go of the data.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Gets the name in the tables.</summary>
    string Name { get; }

    /// <summary>Takes the unsorted columns into its own form. Timed as ingest.</summary>
    void Ingest(EventColumns log, CancellationToken cancellationToken);

    /// <summary>Takes the pairs into its own form. Not timed.</summary>
    void Prepare(PairColumns pairs);

    /// <summary>Computes the features of the pairs prepared last, and holds the answers. Timed.</summary>
    void Compute(CancellationToken cancellationToken);

    /// <summary>Returns the answers of the last computation, one array per feature, in the order of the pairs; NaN is missing. Not timed.</summary>
    double[][] Answers();

    /// <summary>Lets go of the answers.</summary>
    void Forget();
}
