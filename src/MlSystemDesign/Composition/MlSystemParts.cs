using MlSystemDesign.Decisions;
using MlSystemDesign.Evaluation;
using MlSystemDesign.Explanation;
using MlSystemDesign.Leakage;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Monitoring;
using MlSystemDesign.Training;

namespace MlSystemDesign;

/// <summary>The parts of a system. Case, frame and features are the user's; the rest is built in, and any one can be the host's own.</summary>
public sealed record MlSystemParts
{
    /// <summary>Gets the business case. Step 1.</summary>
    public required BusinessCase Case { get; init; }

    /// <summary>Gets the frame. Step 2.</summary>
    public required IProblemFrame Frame { get; init; }

    /// <summary>Gets the feature builder. Step 3.</summary>
    public required IFeatureBuilder Features { get; init; }

    /// <summary>Gets the leakage guard. Step 3.</summary>
    public ILeakageGuard Guard { get; init; } = new LeakageGuard();

    /// <summary>Gets the trainer. Step 4. By default logistic regression and LightGBM compete, and the simplest sufficient one wins.</summary>
    public IModelTrainer Trainer { get; init; } = new SimplestSufficientTrainer([new LogisticTrainer(), new LightGbmTrainer()]);

    /// <summary>Gets what the trainer optimises and selects on. By default log loss.</summary>
    public IObjective Objective { get; init; } = new LogLossObjective();

    /// <summary>Gets the evaluator. Step 5.</summary>
    public IEvaluator Evaluator { get; init; } = new DecisionEvaluator();

    /// <summary>Gets the decision policy. Step 6.</summary>
    public IDecisionPolicy Policy { get; init; } = new BudgetedPolicy();

    /// <summary>Gets the drift monitor. Step 6.</summary>
    public IDriftMonitor Monitor { get; init; } = new DriftMonitor();

    /// <summary>Gets how decisions are explained; <see langword="null"/>, the default, leaves them with the policy's reasons only.</summary>
    public ReasonSettings? Reasons { get; init; }

    /// <summary>Gets the ledger of predictions, decisions and outcomes. By default it is kept in memory and gone with the process.</summary>
    public ILedger Ledger { get; init; } = new InMemoryLedger();
}
