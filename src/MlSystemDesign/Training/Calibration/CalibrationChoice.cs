namespace MlSystemDesign.Training;

/// <summary>Chooses calibration methods by the loss on folds that the calibrators were not fitted to.</summary>
internal sealed class CalibrationChoice
{
    // From few numbers to many: of equal losses the first is taken.
    private static readonly CalibrationMethod[] Candidates =
        [CalibrationMethod.Sigmoid, CalibrationMethod.Temperature, CalibrationMethod.Platt, CalibrationMethod.Beta, CalibrationMethod.Isotonic];

    private readonly double[,,] _lossWithoutBoth;
    private readonly double[,] _loss;
    private readonly int _folds;
    private readonly double _rows;

    internal CalibrationChoice(CalibratorFit fit, int folds, int rows)
    {
        (_folds, _rows) = (folds, rows);
        _loss = new double[Candidates.Length, folds];
        _lossWithoutBoth = new double[Candidates.Length, folds, folds];
        for (int m = 0; m < Candidates.Length; m++)
        {
            for (int fold = 0; fold < folds; fold++)
            {
                _loss[m, fold] = fit.LossOf(fit.Fit(Candidates[m], fold), fold);
                for (int other = 0; folds > 2 && other < fold; other++)
                {
                    ICalibrator calibrator = fit.Fit(Candidates[m], fold, other);
                    _lossWithoutBoth[m, fold, other] = fit.LossOf(calibrator, other);
                    _lossWithoutBoth[m, other, fold] = fit.LossOf(calibrator, fold);
                }
            }
        }
    }

    /// <summary>The method for all rows.</summary>
    internal CalibrationMethod Overall => Candidates[Least([.. Means()])];

    /// <summary>The mean loss per row of each method, each fold calibrated by the others.</summary>
    internal IReadOnlyDictionary<CalibrationMethod, double> Losses => Candidates.Zip(Means()).ToDictionary(p => p.First, p => p.Second);

    /// <summary>The method for a fold, chosen on the other folds: each of them calibrated by the rest.</summary>
    internal CalibrationMethod WithoutFold(int fold)
    {
        // Of two folds nothing is left to choose on: the default of the trainers.
        if (_folds == 2)
        {
            return CalibrationMethod.Platt;
        }

        double[] losses = [.. Enumerable.Range(0, Candidates.Length).Select(m => Enumerable.Range(0, _folds).Where(other => other != fold).Sum(other => _lossWithoutBoth[m, fold, other]))];
        return Candidates[Least(losses)];
    }

    private static int Least(double[] losses) => Array.IndexOf(losses, losses.Min());

    private IEnumerable<double> Means() => Enumerable.Range(0, Candidates.Length).Select(m => Enumerable.Range(0, _folds).Sum(fold => _loss[m, fold]) / _rows);
}
