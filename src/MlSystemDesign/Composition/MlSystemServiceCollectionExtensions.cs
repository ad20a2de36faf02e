using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
        MlSystemBuilder builder = new(services, name);
        configure(builder);
        builder.AddDefaults();
        services.TryAddKeyedSingleton<IMlSystem>(name, (provider, key) => Create(provider, (string)key!));
        return services;
    }

    private static MlSystem Create(IServiceProvider provider, string name) => new(
        name,
        new MlSystemParts
        {
            Case = provider.GetRequiredKeyedService<BusinessCase>(name),
            Frame = provider.GetRequiredKeyedService<IProblemFrame>(name),
            Features = provider.GetRequiredKeyedService<IFeatureBuilder>(name),
            Guard = provider.GetRequiredKeyedService<ILeakageGuard>(name),
            Trainer = provider.GetRequiredKeyedService<IModelTrainer>(name),
            Objective = provider.GetRequiredKeyedService<IObjective>(name),
            Evaluator = provider.GetRequiredKeyedService<IEvaluator>(name),
            Policy = provider.GetRequiredKeyedService<IDecisionPolicy>(name),
            Monitor = provider.GetRequiredKeyedService<IDriftMonitor>(name),
            Ledger = provider.GetRequiredKeyedService<ILedger>(name),
        },
        provider.GetRequiredService<IOptionsMonitor<MlSystemOptions>>().Get(name),
        ArtifactCodecs.Default.With(provider.GetKeyedServices<IArtifactCodec>(name)),
        provider.GetService<TimeProvider>(),
        provider.GetService<ILogger<MlSystem>>());
}
