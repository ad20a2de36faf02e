using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Linear;

public class ElasticNetTests
{
    // scikit-learn 1.2.1 LogisticRegression(penalty="elasticnet", solver="saga", C=1/λ, tol=1e-14) on the standardised columns.
    [Theory]
    [InlineData(1, 1, false, -0.8109988132071653, 2.1007969645853204, -1.1032213010370124, 0)]
    [InlineData(5, 1, false, -0.5553226802305766, 1.2128758855286688, -0.4763194785790849, 0)]
    [InlineData(10, 0.5, false, -0.48056827450461503, 0.7781797401590608, -0.3454802881163539, 0)]
    [InlineData(5, 1, true, -0.5618713119809653, 1.1877640405577665, -0.5232183369537079, 0)]
    [InlineData(20, 1, false, -0.40546510810816438, 0, 0, 0)] // nothing but the base rate: log(24/36)
    public async Task Train_Reference_GivesItsCoefficientsAndItsZeros(double penalty, double share, bool weighted, double intercept, double b1, double b2, double b3)
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(weighted), penalty, share);

        model.Intercept.Should().BeApproximately(intercept, 2e-5);
        model.Coefficients.ToArray().Should().Equal([b1, b2, b3], (a, b) => b == 0 ? a == 0 : Math.Abs(a - b) < 2e-6);
        model.StandardErrors.IsEmpty.Should().BeTrue("errors that ignore the selection would be too small");
    }

    // The law of the minimum: the gradient of the loss is balanced by the penalty where a coefficient lives, and within it where none does.
    [Fact]
    public void Fit_AnyPenalty_BalancesTheGradient() => Gen.Select(Gen.Double[0.05, 30], Gen.Double[0.05, 1]).Sample(
        (penalty, share) =>
        {
            TrainingSet set = TrainingSamples.Mixed(300);
            IFittedTransform transform = new StandardTransform().Fit(set);
            TrainingSet rows = new(transform.Apply(set.Features), set.Targets);
            double[] weights = [.. Enumerable.Repeat(1.0, rows.Count)];
            LinearFit fit = new ElasticNetSolver(share).Fit(rows, weights, [penalty], default)[0];
            fit.Converged.Should().BeTrue();
            double[] beta = [fit.Intercept, .. fit.Coefficients], gradient = new double[beta.Length];
            new LogisticLoss(DesignMatrix.Of(rows.Features), rows.Targets.ToArray(), weights).Derivatives(beta, gradient, new double[beta.Length, beta.Length]);

            gradient[0].Should().BeApproximately(0, 1e-4);
            for (int j = 1; j < beta.Length; j++)
            {
                double pull = gradient[j] + (penalty * (1 - share) * beta[j]);
                if (beta[j] == 0)
                {
                    Math.Abs(pull).Should().BeLessThanOrEqualTo((penalty * share) + 1e-4);
                }
                else
                {
                    pull.Should().BeApproximately(-Math.Sign(beta[j]) * penalty * share, 1e-4);
                }
            }
        },
        iter: 50);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Train_LassoOnAnExactDuplicate_UsesOneOfThem(double penalty)
    {
        TrainingSet set = TrainingSamples.Reference();
        FeatureTableBuilder builder = new(set.Features.Observations);
        foreach (string name in new[] { "x1", "x2", "x3" })
        {
            builder.Number(name, set.Features.Numbers(name)).Number(name + " again", set.Features.Numbers(name));
        }

        double[] twice = (await Train(new TrainingSet(builder.Build(), set.Targets), penalty, 1)).Coefficients.ToArray(), once = (await Train(set, penalty, 1)).Coefficients.ToArray();

        for (int j = 0; j < once.Length; j++)
        {
            (twice[2 * j] + twice[(2 * j) + 1]).Should().BeApproximately(once[j], 1e-7);
            new[] { twice[2 * j], twice[(2 * j) + 1] }.Should().Contain(0, "an equal column earns nothing beside the first, not even 1e-14");
        }
    }

    [Fact]
    public async Task Train_WithAChoiceOfPenalties_TakesOneByItsFoldsAndConverges()
    {
        TrainingResult result = await new LogisticTrainer(new() { L1Share = 1, Penalties = [0.1, 1, 10, 1e6] }).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context());

        result.Remarks.Should().BeEmpty("it converged");
        result.Model.Facts["penalty"].Should().NotBe("1000000", "that leaves the base rate only");
        ((LinearPredictor)result.Model.Predictor).Coefficients.ToArray().Should().Contain(b => b != 0);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_ShareOutOfRange_NamesIt(double share) =>
        FluentActions.Invoking(() => new LogisticTrainer(new() { L1Share = share })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("L1Share of LogisticTrainer must be in [0, 1]. Got *");

    private static async Task<LinearPredictor> Train(TrainingSet set, double penalty, double share) =>
        (LinearPredictor)(await new LogisticTrainer(new() { Penalties = [penalty], L1Share = share }).TrainAsync(set, TrainingSamples.Context())).Model.Predictor;
}
