using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Composition;

public sealed class RegistrationTests
{
    [Fact]
    public async Task AddMlSystem_WithTwoNames_KeepsThemApart()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddMlSystem("a", ml => Declare(ml).UseTrainer(new RecencyRuleTrainer()).AddArtifactCodec(new RecencyRule.Codec()))
            .AddMlSystem("b", ml => Declare(ml).Configure(o => o.Folds = 3))
            .BuildServiceProvider();
        IMlSystem a = services.GetRequiredKeyedService<IMlSystem>("a"), b = services.GetRequiredKeyedService<IMlSystem>("b");

        await a.TrainAsync(SmallShop.History());

        a.Name.Should().Be("a");
        a.Current!.Model.Algorithm.Should().Be("recency rule");
        b.Current.Should().BeNull();
        services.GetRequiredKeyedService<IMlSystem>("a").Should().BeSameAs(a);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddKeyedSingleton_OfAHostsOwnPart_ReplacesTheBuiltInOne(bool before)
    {
        ServiceCollection services = new();
        if (before)
        {
            services.AddKeyedSingleton<IModelTrainer>("a", new RecencyRuleTrainer());
        }

        services.AddMlSystem("a", ml => Declare(ml).AddArtifactCodec(new RecencyRule.Codec()));
        if (!before)
        {
            services.AddKeyedSingleton<IModelTrainer>("a", new RecencyRuleTrainer());
        }

        using ServiceProvider provider = services.BuildServiceProvider();
        IMlSystem system = provider.GetRequiredKeyedService<IMlSystem>("a");
        await system.TrainAsync(SmallShop.History());

        system.Current!.Model.Algorithm.Should().Be("recency rule");
    }

    [Fact]
    public void Start_WithAnOptionOutOfRange_FailsByName()
    {
        using ServiceProvider services = new ServiceCollection().AddMlSystem("a", ml => Declare(ml).Configure(o => o.Folds = 1)).BuildServiceProvider();

        Action start = () => services.GetRequiredService<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().WithMessage("Folds of system 'a' must be in [2, 100]. Got 1. *");
    }

    [Fact]
    public void GetSystem_WithoutACase_NamesTheMissingPart()
    {
        using ServiceProvider services = new ServiceCollection().AddMlSystem("a", ml => ml.UseFrame(SmallShop.Parts.Frame)).BuildServiceProvider();

        Action get = () => services.GetRequiredKeyedService<IMlSystem>("a");

        get.Should().Throw<InvalidOperationException>().WithMessage("*BusinessCase*");
    }

    private static MlSystemBuilder Declare(MlSystemBuilder ml) => ml
        .UseCase(SmallShop.Parts.Case)
        .UseFrame(SmallShop.Parts.Frame)
        .UseFeatures(FeaturePlan.For("orders", f => f.OverDays(30, 90).Count().Sum("euros").Recency()));
}
