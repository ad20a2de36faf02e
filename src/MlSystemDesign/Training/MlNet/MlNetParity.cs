using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Compares our scorer with ML.NET's own, before a model leaves training: it must give the same 32 bits.</summary>
internal static class MlNetParity
{
    // Both zeros, extremes of single and double precision, and values that LightGBM takes as zero. No missing number: ML.NET sends it right at every split, where LightGBM takes it for 0.
    private static readonly double[] Oddities = [0.0, -0.0, 1e300, -1e300, float.MaxValue, 1e-36, -1];

    /// <exception cref="BoostingException">A score differs.</exception>
    internal static ParityCertificate Check(TreeEnsemble ensemble, BoostingData data, SlotLayout layout, Func<double[], float[]> native)
    {
        double[] probes = ParityCheck.Probes(Oddities, ensemble, data);
        for (int i = 0; i < probes.Length; i++)
        {
            // A level that a category does not have can come as missing only.
            probes[i] = layout.IsCategory(i % data.Columns) && !(probes[i] >= 0 && probes[i] < layout.Levels(i % data.Columns)) ? double.NaN : probes[i];
        }

        float[] expected = native(probes);
        double[] managed = new double[expected.Length];
        ensemble.Margins(probes, managed);
        for (int i = 0; i < managed.Length; i++)
        {
            if (!((float)managed[i]).Equals(expected[i]))
            {
                throw new BoostingException(FormattableString.Invariant(
                    $"The managed scorer must give ML.NET's own score in single precision. Got {(float)managed[i]:R} for {expected[i]:R} on probe row {i} of {managed.Length}. Use the Microsoft.ML version that this library was tested with (5.0.1), and report the case."));
            }
        }

        return new ParityCertificate(managed.Length, 0);
    }
}
