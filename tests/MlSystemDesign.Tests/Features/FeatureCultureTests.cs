using System.Globalization;
using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The culture of the thread changes no bit.</summary>
public sealed class FeatureCultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    [InlineData("ar-SA")]
    public void Build_InAnotherCulture_ChangesNoBit(string culture) => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) =>
        {
            Dictionary<string, string> before = Bits(plan, world);
            CultureInfo was = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Bits(plan, world).Should().Equal(before);
            }
            finally
            {
                CultureInfo.CurrentCulture = was;
            }
        },
        iter: Cases.Some,
        threads: 1);

    private static Dictionary<string, string> Bits(FeaturePlan plan, (World World, long[] Cutoffs) world) =>
        Plans.Bits(Plans.Build(plan, world.World.History(), Worlds.Rows(world.Cutoffs)));
}
