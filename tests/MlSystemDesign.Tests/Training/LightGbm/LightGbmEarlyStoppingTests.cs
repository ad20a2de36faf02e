using MlSystemDesign.Tests.Training.Boosting;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmEarlyStoppingTests : EarlyStoppingTests
{
    private protected override BoosterUnderTest Booster { get; } = new LightGbmUnderTest();
}
