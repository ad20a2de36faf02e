using CsCheck;
using MlSystemDesign.Tests.Explanation.Trees;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Trees;

public sealed class TreeWalkTests
{
    // Nodes of every kind; so few trees and rows that every remainder of the four walks side by side occurs.
    [Fact]
    public void Margins_OfAnyTreesAndRows_AreThoseOfTheDefinitionOneByOne() => Gen.Select(Gen.Int[0, 1 << 30], Gen.Int[0, 9], Gen.Int[0, 70], Gen.Bool).Sample(
        (seed, trees, count, single) =>
        {
            TreeEnsemble ensemble = RandomTrees.Ensemble(seed, trees: trees, leaves: 14, precision: single ? MarginPrecision.Single : MarginPrecision.Double);
            Random random = new(seed);
            double[][] rows = [.. Enumerable.Range(0, count).Select(_ => RandomTrees.Row(random, 5))];
            double[] together = new double[count];

            ensemble.Margins([.. rows.SelectMany(r => r)], together);

            for (int i = 0; i < count; i++)
            {
                double expected = Definition(ensemble, rows[i]);
                BitConverter.DoubleToInt64Bits(ensemble.Margin(rows[i])).Should().Be(BitConverter.DoubleToInt64Bits(expected));
                BitConverter.DoubleToInt64Bits(together[i]).Should().Be(BitConverter.DoubleToInt64Bits(expected));
            }
        },
        iter: 2000);

    [Fact]
    public void Margin_OfMoreFeaturesThanTheStackTakes_IsThatOfFew()
    {
        TreeEnsemble few = new(2, 1, [TreeSamples.Small(NodeKind.MissingLeft)]), many = new(5000, 1, [TreeSamples.Small(NodeKind.MissingLeft)]);
        double[] row = new double[5000];
        for (int category = 0; category < 70; category++)
        {
            row[1] = category;
            many.Margin(row).Should().Be(few.Margin(row.AsSpan(0, 2)));
        }
    }

    private static double Definition(TreeEnsemble ensemble, double[] row)
    {
        double margin = 0;
        foreach (Tree tree in ensemble.Trees)
        {
            int at = tree.Feature.Length == 0 ? ~0 : 0;
            while (at >= 0)
            {
                at = GoesRight(tree, at, row[tree.Feature[at]], ensemble.Precision) ? tree.Right[at] : tree.Left[at];
            }

            margin = ensemble.Precision == MarginPrecision.Single ? (float)margin + (float)tree.LeafValue[~at] : margin + tree.LeafValue[~at];
        }

        return margin;
    }

    private static bool GoesRight(Tree tree, int at, double value, MarginPrecision precision)
    {
        bool missingLeft = (tree.Kind[at] & NodeKind.MissingLeft) != 0;
        if ((tree.Kind[at] & NodeKind.Categorical) == 0)
        {
            bool missing = double.IsNaN(value) || ((tree.Kind[at] & NodeKind.ZeroIsMissing) != 0 && Math.Abs(value) <= 1e-35f);
            return missing ? !missingLeft : value > tree.Threshold[at];
        }

        HashSet<long> set = [.. tree.Categories[at]!.SelectMany((word, w) => Enumerable.Range(0, 32).Where(bit => (word >> bit & 1) != 0).Select(bit => (w * 32L) + bit))];

        // Toward zero, as C does it; XGBoost alone refuses what is below 0 first.
        bool known = precision == MarginPrecision.Single ? (float)value >= 0 : value > -1;
        return double.IsNaN(value) ? !missingLeft : !(known && value < 1e18 && set.Contains((long)value));
    }
}
