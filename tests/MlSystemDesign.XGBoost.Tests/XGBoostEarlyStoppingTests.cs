using MlSystemDesign.Tests.Training.Boosting;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostEarlyStoppingTests : EarlyStoppingTests
{
    private protected override BoosterUnderTest Booster { get; } = new XGBoostUnderTest();
}
