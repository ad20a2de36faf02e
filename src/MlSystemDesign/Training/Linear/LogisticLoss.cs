using System.Numerics;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Training;

/// <summary>The log loss of a linear model over weighted rows, Σ wᵢ·(ln(1 + exp(mᵢ)) − yᵢ·mᵢ) with mᵢ = β₀ + Σ βⱼ·xᵢⱼ, and its derivatives. Without any penalty.</summary>
/// <remarks>Sums run over the rows in their order, on one thread. Coefficients hold the intercept first.</remarks>
internal sealed class LogisticLoss(DesignMatrix x, double[] y, double[] weights)
{
    internal int Rows => x.Rows;

    internal int Coefficients => x.Columns + 1;

    /// <summary>The intercept that predicts the base rate.</summary>
    internal double BaseLogOdds()
    {
        double positive = 0, total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            positive += weights[i] * y[i];
            total += weights[i];
        }

        return Math.Log(positive / (total - positive));
    }

    internal double Value(double[] beta)
    {
        double loss = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            double margin = Margin(x.Row(i), beta);
            loss += weights[i] * (Logistic.SoftPlus(margin) - (y[i] * margin));
        }

        return loss;
    }

    /// <summary>One row's part of the gradient: residual × (1, xᵢ).</summary>
    internal void Score(int row, double[] beta, Span<double> score)
    {
        double residual = weights[row] * (Logistic.Probability(Margin(x.Row(row), beta)) - y[row]);
        score[0] = residual;
        for (int j = 1; j < score.Length; j++)
        {
            score[j] = residual * x.Row(row)[j - 1];
        }
    }

    // The upper triangle row by row of the matrix; every element is summed over the rows in their order, whatever the width of a vector.
    internal void Derivatives(double[] beta, double[] gradient, double[,] hessian)
    {
        int size = beta.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        Span<double> elements = MemoryMarshal.CreateSpan(ref hessian[0, 0], size * size);
        double[] row = new double[size];
        row[0] = 1;
        for (int i = 0; i < x.Rows; i++)
        {
            x.Row(i).CopyTo(row.AsSpan(1));
            double p = Logistic.Probability(Margin(row.AsSpan(1), beta));
            double residual = weights[i] * (p - y[i]), curvature = weights[i] * p * (1 - p);
            for (int j = 0; j < size; j++)
            {
                // Half of the columns are zeros and ones: a zero adds nothing.
                if (row[j] != 0)
                {
                    gradient[j] += residual * row[j];
                    AddScaled(elements.Slice(j * size, size)[j..], curvature * row[j], row.AsSpan(j));
                }
            }
        }
    }

    private static void AddScaled(Span<double> sums, double factor, ReadOnlySpan<double> values)
    {
        Vector<double> factors = new(factor);
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(sums[i..]) + (factors * new Vector<double>(values[i..]))).CopyTo(sums[i..]);
        }

        for (; i < values.Length; i++)
        {
            sums[i] += factor * values[i];
        }
    }

    private static double Margin(ReadOnlySpan<double> row, double[] beta)
    {
        double margin = beta[0];
        for (int j = 0; j < row.Length; j++)
        {
            margin += beta[j + 1] * row[j];
        }

        return margin;
    }
}
