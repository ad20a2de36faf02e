using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Linear;

public class CoefficientTableTests
{
    // statsmodels 0.13.5 Logit, cov_type "cluster" (groups of three rows) without its small-sample correction, and "HC0"; times sqrt(G / (G - 1)).
    [Theory]
    [InlineData(3, 0.53388313, 0.56586494, 0.61253975, 0.52188431)]
    [InlineData(1, 0.50790775, 0.62792463, 0.55528357, 0.45115092)]
    public async Task StandardErrors_WithoutAPenalty_AreThoseOfTheSandwich(int rowsPerEntity, params double[] expected)
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(rowsPerEntity: rowsPerEntity), new() { Penalties = [1e-9] });

        model.StandardErrors.ToArray().Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    // The same sandwich in NumPy, weights of mean 1 and the penalty in the bread.
    [Fact]
    public async Task StandardErrors_OfAPenalisedWeightedFit_AreThoseOfTheSandwich()
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(weighted: true, rowsPerEntity: 3), new() { Penalties = [1] });

        model.StandardErrors.ToArray().Should().Equal(
            [0.3716628135091959, 0.27776795425433276, 0.3209484990768552, 0.33984581066759884], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public async Task StandardErrors_WhenEveryRowComesTwice_DoNotShrink()
    {
        TrainingSet once = TrainingSamples.Mixed(300, rowsPerEntity: 1);
        int[] rows = [.. Enumerable.Range(0, 600).Select(i => i / 2)];
        TrainingSet twice = new(once.Features.SelectRows(rows), [.. rows.Select(r => once.Targets[r])]);

        // Twice the rows and twice the penalty: the same coefficients, and nothing new is known of any entity.
        double[] one = (await Train(once, new() { Penalties = [1] })).StandardErrors.ToArray(), two = (await Train(twice, new() { Penalties = [2] })).StandardErrors.ToArray();

        two.Should().Equal(one, (a, b) => Math.Abs(a - b) < 1e-7);
    }

    // 400 entities of three equal rows each: errors that take the rows as independent would cover 74 %.
    [Fact]
    public void OddsRatioInterval_OverManySamplesOfRepeatedRows_HoldsTheTruthAsOftenAsItSays()
    {
        const int Samples = 400, Entities = 400;
        int held = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] u = TrainingSamples.Uniform(2 * Entities, (ulong)sample + 1), x = new double[3 * Entities], y = new double[3 * Entities];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (u[2 * (i / 3)] - 0.5) * Math.Sqrt(12);
                y[i] = u[(2 * (i / 3)) + 1] < 1 / (1 + Math.Exp(0.5 - (0.8 * x[i]))) ? 1 : 0;
            }

            TrainingSet rows = new(new FeatureTableBuilder(TrainingSamples.Keys(x.Length, 3)).Number("x", x).Build(), y);
            double[] weights = [.. Enumerable.Repeat(1.0, x.Length)];
            NewtonSolver solver = new();
            LinearFit fit = solver.Fit(rows, weights, [1e-9], default)[0];
            double error = solver.StandardErrors(rows, weights, fit, 1e-9)[1];
            LogisticCoefficient coefficient = new("x", "x", fit.Coefficients[0]) { StandardError = error };
            held += coefficient.OddsRatioInterval!.Contains(Math.Exp(0.8)) ? 1 : 0;
        }

        held.Should().BeInRange((int)(0.92 * Samples), (int)(0.98 * Samples));
    }

    [Fact]
    public async Task CoefficientTable_OfTheReference_GivesOddsRatiosAndIntervals()
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(rowsPerEntity: 3), new() { Penalties = [1e-9] });

        IReadOnlyList<LogisticCoefficient> table = model.CoefficientTable(0.9);

        table.Select(c => c.Column).Should().Equal("(intercept)", "x1", "x2", "x3");
        table[1].OddsRatio.Should().BeApproximately(Math.Exp(2.58905634050636), 1e-5);
        table[1].OddsRatioInterval!.Lower.Should().BeApproximately(Math.Exp(2.58905634050636 - (1.6448536269514722 * 0.56586494)), 1e-5);
        table[1].OddsRatioInterval!.Upper.Should().BeApproximately(Math.Exp(2.58905634050636 + (1.6448536269514722 * 0.56586494)), 1e-4);
        table[3].OddsRatioInterval!.Contains(1).Should().BeTrue();
        FluentActions.Invoking(() => model.CoefficientTable(1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task StandardErrors_OfOneEntity_AreNotClaimed() =>
        (await new LogisticTrainer(new() { Penalties = [1] }).TrainAsync(TrainingSamples.Reference(rowsPerEntity: 30), TrainingSamples.Context() with { Folds = 2 })).Model.Predictor
            .Should().BeOfType<LinearPredictor>().Which.StandardErrors.ToArray().Should().HaveCount(4, "two entities are the fewest that tell a spread");

    [Fact]
    public async Task Codec_GivesTheErrorsBack_AndReadsVersionsWithoutThem()
    {
        TrainedModel model = (await new LogisticTrainer().TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context())).Model;
        LinearPredictor read = (LinearPredictor)TrainingSamples.RoundTrip(model).Predictor;

        TrainingSamples.Bits(read.StandardErrors.ToArray()).Should().Equal(TrainingSamples.Bits(((LinearPredictor)model.Predictor).StandardErrors.ToArray()));
        LinearPredictor old = (LinearPredictor)TrainingSamples.ReadAltered(read, _ => "{\"intercept\":0.5,\"coefficients\":[1,2,3]}"u8.ToArray());
        old.StandardErrors.IsEmpty.Should().BeTrue();
        old.CoefficientTable()[1].OddsRatioInterval.Should().BeNull();
    }

    private static async Task<LinearPredictor> Train(TrainingSet set, LogisticOptions options) =>
        (LinearPredictor)(await new LogisticTrainer(options).TrainAsync(set, TrainingSamples.Context())).Model.Predictor;
}
