using MlSystemDesign.Explanation;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Explanation.Global;

public sealed class ModelWithoutColumnsTests
{
    [Fact]
    public void Explain_OfAModelWithoutColumns_HasNothingToTell()
    {
        FeatureSchema none = new([]);
        TrainedModel model = new("bare", TargetKind.Probability, none, GlobalSamples.Model.Predictor, new SigmoidCalibrator());

        GlobalExplanation explanation = new GlobalExplainer(model, new Bare(none)).Explain(GlobalSamples.Draw(1, 20).Rows);

        (explanation.Rows, explanation.Features.Count, explanation.Interactions.Count).Should().Be((20, 0, 0));
        explanation.NoInteractionsReason.Should().Be("the model has fewer than two features");
    }

    private sealed class Bare(FeatureSchema none) : IExplainer
    {
        public AttributionTable Explain(FeatureTable rows, CancellationToken cancellationToken = default) =>
            new(rows.Observations, none, 0, new double[rows.RowCount], [], AttributionMethod.Interventional);
    }
}
