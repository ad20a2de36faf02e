using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign;

/// <summary>Puts a named system together in a container. What is not stated takes its built-in default.</summary>
/// <remarks>Every part is a keyed singleton under the system's name. A host replaces any one by registering its own under that key, before or after.</remarks>
public sealed class MlSystemBuilder
{
    internal MlSystemBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>Gets the container's registrations.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the name of the system: the key of its parts.</summary>
    public string Name { get; }

    /// <summary>Sets how the system trains and decides.</summary>
    /// <param name="configure">Changes the options; a value out of range stops the host at start, by name.</param>
    public MlSystemBuilder Configure(Action<MlSystemOptions> configure)
    {
        Services.Configure(Name, configure);
        return this;
    }

    /// <summary>Sets the business case. Step 1.</summary>
    /// <param name="businessCase">The case.</param>
    public MlSystemBuilder UseCase(BusinessCase businessCase) => Use(businessCase);

    /// <summary>Sets the frame. Step 2.</summary>
    /// <param name="frame">The frame.</param>
    public MlSystemBuilder UseFrame(IProblemFrame frame) => Use(frame);

    /// <summary>Sets the features by a plan, built in memory. Step 3.</summary>
    /// <param name="plan">The plan.</param>
    public MlSystemBuilder UseFeatures(FeaturePlan plan) => Use<IFeatureBuilder>(services =>
        new BatchFeatureBuilder(plan, services.GetRequiredService<IOptionsMonitor<MlSystemOptions>>().Get(Name).DegreeOfParallelism));

    /// <summary>Sets the feature builder. Step 3.</summary>
    /// <param name="features">The host's own builder.</param>
    public MlSystemBuilder UseFeatures(IFeatureBuilder features) => Use(features);

    /// <summary>Sets the leakage guard. Step 3. By default the built-in one.</summary>
    /// <param name="guard">The guard.</param>
    public MlSystemBuilder UseGuard(ILeakageGuard guard) => Use(guard);

    /// <summary>Sets the one trainer. Step 4. By default logistic regression and LightGBM compete, and the simplest sufficient one wins.</summary>
    /// <param name="trainer">The trainer.</param>
    public MlSystemBuilder UseTrainer(IModelTrainer trainer) => Use(trainer);

    /// <summary>Sets the trainers that compete: the simplest wins unless a more complex one is better beyond doubt. Step 4.</summary>
    /// <param name="trainers">At least one.</param>
    public MlSystemBuilder UseCandidates(params IReadOnlyList<IModelTrainer> trainers) => Use<IModelTrainer>(new SimplestSufficientTrainer(trainers));

    /// <summary>Sets what the trainer optimises and selects on. By default log loss.</summary>
    /// <param name="objective">The objective.</param>
    public MlSystemBuilder UseObjective(IObjective objective) => Use(objective);

    /// <summary>Sets the evaluator. Step 5. By default the built-in one.</summary>
    /// <param name="evaluator">The evaluator.</param>
    public MlSystemBuilder UseEvaluator(IEvaluator evaluator) => Use(evaluator);

    /// <summary>Sets the decision policy. Step 6. By default the built-in one.</summary>
    /// <param name="policy">The policy.</param>
    public MlSystemBuilder UsePolicy(IDecisionPolicy policy) => Use(policy);

    /// <summary>Sets the drift monitor. Step 6. By default the built-in one.</summary>
    /// <param name="monitor">The monitor.</param>
    public MlSystemBuilder UseDriftMonitor(IDriftMonitor monitor) => Use(monitor);

    /// <summary>Has every decision say what moved its prediction. By default decisions carry the policy's reasons only.</summary>
    /// <param name="templates">The words; English when absent.</param>
    /// <param name="most">The most reasons of a decision. At least 1.</param>
    public MlSystemBuilder UseReasons(ReasonTemplates? templates = null, int most = 3) => Use(new ReasonSettings(templates, most));

    /// <summary>Sets the ledger. By default it is kept in memory and gone with the process.</summary>
    /// <param name="ledger">The ledger.</param>
    public MlSystemBuilder UseLedger(ILedger ledger) => Use(ledger);

    /// <summary>Keeps the ledger in a file. It is opened when the system is first used, and closed with the container.</summary>
    /// <param name="path">The file.</param>
    public MlSystemBuilder UseLedgerFile(string path) => Use<ILedger>(_ => FileLedger.Open(path));

    /// <summary>Adds the codec of a host's own part, so that systems with it can be saved and loaded.</summary>
    /// <param name="codec">The codec.</param>
    public MlSystemBuilder AddArtifactCodec(IArtifactCodec codec)
    {
        Services.AddKeyedSingleton(Name, codec);
        return this;
    }

    private MlSystemBuilder Use<TPart>(TPart part)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(part);
        return Use(_ => part);
    }

    private MlSystemBuilder Use<TPart>(Func<IServiceProvider, TPart> create)
        where TPart : class
    {
        Services.AddKeyedSingleton(Name, (services, _) => create(services));
        return this;
    }
}
