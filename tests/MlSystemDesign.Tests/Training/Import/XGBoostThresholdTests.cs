using CsCheck;
using MlSystemDesign.Training.Import;

namespace MlSystemDesign.Tests.Training.Import;

public class XGBoostThresholdTests
{
    private static readonly float[] Special = [0f, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1f, 2f, -2f, 1.17549435e-38f];

    private static readonly Gen<float> Conditions = Gen.OneOf(
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(float.IsFinite),
        Gen.Int[0, Special.Length - 1].Select(i => Special[i]));

    [Fact]
    public void Of_AnyConditionAndAnyValueNearIt_DecidesAsTheFloatComparison() =>
        Gen.Select(Conditions, Gen.Int[-3, 3], Gen.Int[-2, 2]).Sample((condition, floats, doubles) =>
        {
            float near = condition;
            for (int i = 0; i < Math.Abs(floats); i++)
            {
                near = floats < 0 ? MathF.BitDecrement(near) : MathF.BitIncrement(near);
            }

            // On a float, and half way to the next one.
            foreach (double start in new[] { near, near + (((double)MathF.BitIncrement(near) - near) / 2) })
            {
                double value = start;
                for (int i = 0; i < Math.Abs(doubles); i++)
                {
                    value = doubles < 0 ? Math.BitDecrement(value) : Math.BitIncrement(value);
                }

                if (!double.IsNaN(value))
                {
                    (value <= XGBoostThreshold.Of(condition)).Should().Be((float)value < condition, "{0:R} against {1:R}", value, condition);
                }
            }
        });

    [Fact]
    public void Of_AnyConditionAndAnyDouble_DecidesAsTheFloatComparison() =>
        Gen.Select(Conditions, Gen.Double).Sample((condition, value) => double.IsNaN(value) || (value <= XGBoostThreshold.Of(condition)) == ((float)value < condition));
}
