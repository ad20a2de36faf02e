namespace MlSystemDesign.Abstractions.Tests.Reports;

public class ReportTests
{
    private static readonly LeakageFinding Proof = new("poison the future", LeakageSeverity.Proven, "fee", "3 of 40 rows moved.", "Read fees as of the cutoff.");
    private static readonly LeakageFinding Suspicion = Proof with { Severity = LeakageSeverity.Suspicion, Evidence = "AUC 0.98 alone." };

    [Theory]
    [InlineData(LeakageVerdict.Clean)]
    [InlineData(LeakageVerdict.NotTested)]
    public void ThrowIfLeaking_WithoutAProof_ReturnsTheReport(LeakageVerdict verdict)
    {
        LeakageReport report = Report(verdict, Suspicion);
        report.ThrowIfLeaking().Should().BeSameAs(report);
    }

    [Fact]
    public void ThrowIfLeaking_WithProofs_ThrowsWithTheReportAndTheFirstProof()
    {
        LeakageReport report = Report(LeakageVerdict.Leaking, Suspicion, Proof, Proof with { Evidence = "another" });
        LeakageException thrown = report.Invoking(r => r.ThrowIfLeaking()).Should().Throw<LeakageException>().Which;
        thrown.Report.Should().BeSameAs(report);
        thrown.Message.Should().Be("Features must not use what could not be known at the cutoff. Got 2 proven finding(s), the first: 3 of 40 rows moved. Read fees as of the cutoff.");
        thrown.Should().BeAssignableTo<MlSystemDesignException>();
        Report(LeakageVerdict.Leaking).Invoking(r => r.ThrowIfLeaking()).Should().Throw<LeakageException>()
            .WithMessage("Features must not use what could not be known at the cutoff. The report says they do. Read its findings.");
    }

    [Fact]
    public void Verdict_ByDefault_IsNotTested() => default(LeakageVerdict).Should().Be(LeakageVerdict.NotTested, "never clean by default");

    [Fact]
    public void Indexer_OfAnEvaluation_FindsAMetricOrNamesTheOthers()
    {
        EvaluationReport report = new() { Metrics = [Metric.Of("AUC-ROC", 0.7, 5), Metric.Of("Brier score", 0.1, 5)], Checks = [] };
        report["Brier score"].Value.Should().Be(0.1);
        report.Invoking(r => r["F1"]).Should().Throw<ArgumentException>().WithMessage("The metric must be one of the report. Got 'F1'. Use one of: AUC-ROC, Brier score.*");
        report.ValueCurve.Should().BeEmpty();
        report.DecisionValue.Should().BeNull();
    }

    [Fact]
    public void PlanException_NumbersSeveralFaults()
    {
        new PlanException("Feature plan", ["one."]).Message.Should().Be("Feature plan: one.");
        PlanException two = new("Feature plan", ["one.", "two."]);
        two.Message.Should().Be("Feature plan has 2 faults: (1) one. (2) two.");
        two.Faults.Should().Equal("one.", "two.");
    }

    [Fact]
    public void Exceptions_CarryTheirData()
    {
        InvalidOperationException cause = new("cause");
        DataFormatException format = new("m", 7, "amount", cause);
        (format.RowNumber, format.Column, format.InnerException).Should().Be((7L, "amount", cause));
        new ArtifactException(ArtifactFault.Newer, "m", cause).Fault.Should().Be(ArtifactFault.Newer);
        new TrainingException("m", cause).InnerException.Should().BeSameAs(cause);
    }

    private static LeakageReport Report(LeakageVerdict verdict, params LeakageFinding[] findings) => new() { Verdict = verdict, Findings = findings, Checks = [] };
}
