using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Tests;

/// <summary>The online engine as a builder: it has taken the rows of a case one by one, and ignores the history.</summary>
internal sealed class OnlineBuilder : IFeatureBuilder
{
    private readonly OnlineFeatures _engine;

    internal OnlineBuilder(FeatureConformanceCase @case)
    {
        _engine = new OnlineFeatures(@case.Plan, @case.History.Schema);
        foreach (Arrival arrival in @case.Arrivals)
        {
            _engine.Add(_engine.SourceOf(arrival.Source), arrival.ToRow());
        }
    }

    public string Kind => "tests.online";

    public FeatureSchema Schema => _engine.Schema;

    public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_engine.Read(observations, cancellationToken));
}
