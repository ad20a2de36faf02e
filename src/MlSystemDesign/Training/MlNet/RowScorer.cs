using Microsoft.ML;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Scores the row of ML.NET's where it stands, once per position. For one thread at a time; a second one is told so where it is noticed.</summary>
internal sealed class RowScorer
{
    private static readonly ObservationSet OneRow = ObservationSet.WithoutTime([0]);

    private readonly TrainedModel _model;
    private readonly DataViewRow _row;
    private readonly Action[] _read;
    private readonly FeatureTable _table;
    private (double Score, double Prediction) _scored;
    private long? _scoredAt;
    private int _isBusy;

    internal RowScorer(TrainedModel model, DataViewRow row)
    {
        _model = model;
        _row = row;
        int count = model.Schema.Count;
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[count];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[count];
        _read = new Action[count];
        DataViewSchema.Column[] columns = InputColumns.Find(model.Schema, row.Schema);
        for (int c = 0; c < count; c++)
        {
            if (model.Schema[c].Kind == ColumnKind.Number)
            {
                double[] place = new double[1];
                Func<double> number = InputColumns.Number(row, columns[c]);
                numbers[c] = place;
                _read[c] = () => place[0] = number();
            }
            else
            {
                // Missing until it is read: a column without levels has no code 0.
                int[] place = [-1];
                Func<int> code = InputColumns.Code(row, columns[c], model.Schema[c]);
                codes[c] = place;
                _read[c] = () => place[0] = code();
            }
        }

        // Its one row is written anew for each position, and nobody else sees it.
        _table = new FeatureTable(OneRow, model.Schema, numbers, codes);
    }

    /// <exception cref="InvalidOperationException">Another thread is scoring a row of the same engine.</exception>
    internal (double Score, double Prediction) Scored()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
        {
            throw new InvalidOperationException(
                "A PredictionEngine must be used by one thread at a time. Got two calls at once, whose rows would be mixed. Give each thread its own, use a PredictionEnginePool, or call Predict of the TrainedModel, which all threads may share.");
        }

        try
        {
            if (_scoredAt != _row.Position)
            {
                _scoredAt = null;
                Score();
                _scoredAt = _row.Position;
            }

            return _scored;
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private void Score()
    {
        foreach (Action read in _read)
        {
            read();
        }

        double score = 0;
        _model.Predictor.Score(_table, new Span<double>(ref score));
        _scored = (score, _model.Calibrator.Calibrate(score));
    }
}
