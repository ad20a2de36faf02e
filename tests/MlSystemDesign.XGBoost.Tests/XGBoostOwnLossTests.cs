using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostOwnLossTests : OwnLossTests
{
    private static readonly XGBoostOptions Quick = new() { MaxRounds = 80, LearningRate = 0.1, MaxDepth = 3, ColumnFraction = 1 };

    private protected override BoosterUnderTest Booster { get; } = new XGBoostUnderTest();

    // xgboost 1.7.4 for Python, the same loss as its obj: objective reg:squarederror, base_score −0.9327111617659155 (SciPy's brentq), tree_method hist, max_depth 3,
    // eta 0.1, min_child_weight 0.5, 20 rounds; output margins of the first twelve rows.
    [XGBoostFact]
    public async Task Train_ByAFocalLoss_GivesTheMarginsOfPython()
    {
        double[] expected =
        [
            -0.7946028113365173, -1.3426145315170288, -1.5403156280517578, -1.2178504467010498, -0.37588608264923096, -1.0261808633804321,
            -1.0113543272018433, -0.6887853145599365, -1.1635992527008057, -0.9475767016410828, -0.4635331332683563, -0.9475767016410828,
        ];
        TrainingSet set = LossSamples.Binary();

        // Python's penalties are for derivatives as they are, ours for scaled ones.
        double scale = Scale(new FocalLoss(), set, -0.9327111617659155);
        TrainingResult result = await new XGBoostTrainer(Quick with { MaxRounds = 20, MinChildWeight = 0.5 * scale, L2 = scale, Loss = new FocalLoss() }).TrainAsync(set, TrainingSamples.Context());

        double[] margins = new double[set.Count];
        result.Model.Predictor.Score(set.Features, margins);
        result.Model.Facts["rounds"].Should().Be("20");
        margins.Take(12).Should().Equal(expected, (a, b) => Math.Abs(a - b) < 2e-6);
        result.OutOfFold.ToArray().Average().Should().BeApproximately(79 / 400.0, 0.01, "the calibration undoes what the loss does to probabilities");
    }

    [XGBoostFact]
    public void Update_ByThePseudoHuberLoss_GrowsTheTreesOfXGBoostsOwn()
    {
        TrainingSet set = LossSamples.Amounts(800);
        double[] values = new double[2 * set.Count];
        FeatureRows.Fill(set.Features, 0, values);
        BoostingData data = new(values, 2, set.Targets.ToArray(), null, [], TargetKind.Value);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        IEnumerable<(string, string)> parameters = XGBoostParameters.ForTraining(Quick, TargetKind.Value, 0.5, 1)
            .Select(p => p.Name == "objective" ? (p.Name, "reg:pseudohubererror") : p).Append(("huber_slope", "1.5"));
        using XGBoostBooster builtIn = new(XGBoostMatrix.Of(data, rows), null, parameters, data);
        double scale = Scale(new PseudoHuberLoss(1.5), set, 0.5);
        using IBooster own = new OwnLossLibrary(new XGBoostLibrary(Quick with { MinChildWeight = scale * Quick.MinChildWeight, L2 = scale * Quick.L2 }, 1), new PseudoHuberLoss(1.5)).Start(data, rows, [], start: 0.5);

        for (int round = 0; round < 40; round++)
        {
            builtIn.Update();
            own.Update();
        }

        double[] ours = own.Margins(values, set.Count, 2);
        ours.Zip(builtIn.Margins(values, set.Count, 2), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4);
        ours.Distinct().Count().Should().BeGreaterThan(100);
    }

    // Of a loss with the same hessian in every row, the cover of a root counts the rows that were drawn, by chance.
    [XGBoostFact]
    public async Task Train_ByOnesOwnLossOnDrawnRows_DrawsThemAnewInEachRound()
    {
        TrainingSet set = LossSamples.Amounts(900);
        TrainingResult result = await new XGBoostTrainer(Quick with { MaxRounds = 30, RowFraction = 0.7, Loss = new QuantileLoss(0.5) }).TrainAsync(set, TrainingSamples.Context());

        double[] drawn = [.. ((TreePredictor)result.Model.Predictor).Ensemble.Trees.Where(t => t.NodeCover.Length > 0).Select(t => t.NodeCover[0])];
        drawn.Distinct().Count().Should().BeGreaterThan(drawn.Length / 3);
    }

    private static double Scale(IBoostingLoss loss, TrainingSet set, double start) => LossScale.Of(
        loss, new BoostingData(new double[set.Count], 1, set.Targets.ToArray(), null, [], set.TargetKind), [.. Enumerable.Range(0, set.Count)], start);
}
