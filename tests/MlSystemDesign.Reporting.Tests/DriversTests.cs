using MlSystemDesign.Explanation;

namespace MlSystemDesign.Reporting.Tests;

public class DriversTests
{
    private static readonly string Text = PageText.Of(SampleContent.Explained);

    [Fact]
    public void Render_WithAnExplanation_NamesWhatMovesThePredictionsMost() =>
        Text.Should().Contain("The predictions are moved most by days_since_last_purchase (47.9 %), amount_sum_90d (24.0 %) and monthly_fee (16.0 %). Over 400 rows;");

    [Fact]
    public void Render_WithAnExplanation_ShowsIntervalsAndDirections() =>
        Text.Should().MatchRegex(@"days_since_last_purchase 47\.9 % 4\d\.\d % to 4\d\.\d % 0\.\d{4} 0\.\d{4} to 0\.\d{4} [\d.]+ points [\d.]+ points to [\d.]+ points raise it").And.Contain("points a category plan");

    [Fact]
    public void Render_WithWords_CallsFeaturesByTheirNames() =>
        PageText.Of(SampleContent.Explained with { Words = ReasonTemplates.English.ForFeature("days_since_last_purchase", "silence") })
            .Should().Contain("moved most by silence (47.9 %), amount_sum_90d").And.Contain("Summary silence amount_sum_90d").And.Contain(" silence 47.9 %");

    [Theory]
    [InlineData(0.9, "90 %")]
    [InlineData(0.975, "97.5 %")]
    public void Render_WithAnotherConfidence_NamesIt(double confidence, string said) =>
        PageText.Of(SampleContent.Full with { Explanation = SampleContent.Explain(SampleContent.Schema, 400, confidence) }).Should()
            .Contain($"Small figures: {said} intervals that allow for several rows of one entity.").And.Contain($"equal values stay together), {said} intervals, and single cases behind.");

    [Fact]
    public void Render_WithoutInteractions_SaysWhy() => Text.Should().Contain("Pairs of features: none were computed.");

    [Fact]
    public void Render_WithDriftOfReasons_ShowsItBesideThatOfTheData() =>
        Text.Should().Contain("What moves the predictions, now and before").And.Contain("400 reference rows against 250 current ones").And.Contain("change of mean |SHAP|");

    [Fact]
    public void Render_WithoutAnExplanation_SaysThatItWasNotRun() =>
        PageText.Of(SampleContent.Full).Should().Contain("Not run: the predictions were not explained as a whole.").And.NotContain("now and before");

    [Fact]
    public void Render_OfNoRows_SaysSoAndDrawsNothing()
    {
        string page = DecisionReport.Render(new DecisionReportContent { Title = "t", Case = SampleContent.Case, Explanation = SampleContent.Explain(SampleContent.Schema, 0) });

        PageText.Of(page).Should().Contain("Undefined: no row was explained.");
        page.Should().NotContain("<svg");
    }

    [Fact]
    public void Render_OfOneRow_DrawsWithoutIntervals() => PageText.Of(SampleContent.Full with { Explanation = SampleContent.Explain(SampleContent.Schema, 1) }).Should().Contain("Over 1 row;").And.NotContain("NaN").And.NotContain("% intervals that allow");
}
