using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MlSystemDesign.Explanation;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign;

/// <summary>Registers systems in a container.</summary>
public static class MlSystemServiceCollectionExtensions
{
    /// <summary>Registers a system under a name. Inject it with <c>[FromKeyedServices("churn")] IMlSystem system</c>; a host can have several.</summary>
    /// <param name="services">The container's registrations.</param>
    /// <param name="name">The name: the key of the system and of its parts.</param>
    /// <param name="configure">States case, frame and features, and whatever should not be the default.</param>
    /// <returns>The same registrations.</returns>
    /// <remarks>Options are validated when the host starts. The first use of a system without case, frame or features fails with the missing part's type.</remarks>
    public static IServiceCollection AddMlSystem(this IServiceCollection services, string name, Action<MlSystemBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<MlSystemOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MlSystemOptions>, MlSystemOptionsValidator>());
        configure(new MlSystemBuilder(services, name));
        services.TryAddKeyedSingleton<IMlSystem>(name, (provider, key) => Create(provider, (string)key!));
        return services;
    }

    private static MlSystem Create(IServiceProvider provider, string name)
    {
        MlSystemParts parts = new()
        {
            Case = provider.GetRequiredKeyedService<BusinessCase>(name),
            Frame = provider.GetRequiredKeyedService<IProblemFrame>(name),
            Features = provider.GetRequiredKeyedService<IFeatureBuilder>(name),
        };
        return new MlSystem(
            name,
            parts with
            {
                Guard = provider.GetKeyedService<ILeakageGuard>(name) ?? parts.Guard,
                Trainer = provider.GetKeyedService<IModelTrainer>(name) ?? parts.Trainer,
                Objective = provider.GetKeyedService<IObjective>(name) ?? parts.Objective,
                Evaluator = provider.GetKeyedService<IEvaluator>(name) ?? parts.Evaluator,
                Policy = provider.GetKeyedService<IDecisionPolicy>(name) ?? parts.Policy,
                Monitor = provider.GetKeyedService<IDriftMonitor>(name) ?? parts.Monitor,
                Reasons = provider.GetKeyedService<ReasonSettings>(name),
                Ledger = provider.GetKeyedService<ILedger>(name) ?? parts.Ledger,
            },
            provider.GetRequiredService<IOptionsMonitor<MlSystemOptions>>().Get(name),
            ArtifactCodecs.Default.With(provider.GetKeyedServices<IArtifactCodec>(name)),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<MlSystem>>());
    }
}
