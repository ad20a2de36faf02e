using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Trains several candidates on the same folds and takes the simplest, unless a more complex one is better beyond doubt.</summary>
/// <remarks>
/// <para>Candidates are taken from the simplest (<see cref="IModelTrainer.Complexity"/>, then the order given) upwards. Each next one is compared with the best so far, row by row on
/// out-of-fold predictions; it takes over only if the lower end of the paired interval exceeds <see cref="SimplestSufficientOptions.ComplexityPrice"/>. When the
/// objective is no mean over rows (AUC), log loss stands in for it (squared error for values), and a remark says so.</para>
/// <para>A candidate that is not available here, or refuses the rows, is left out with a remark that names the reason.
/// The objective and the out-of-fold predictions of the result are those of the winner.</para>
/// </remarks>
public sealed class SimplestSufficientTrainer : IModelTrainer
{
    private readonly IModelTrainer[] _candidates;
    private readonly SimplestSufficientOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="candidates">At least one; names are unique.</param>
    /// <param name="options">Its settings; the defaults when absent.</param>
    /// <exception cref="ArgumentException">There is no candidate, or two have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public SimplestSufficientTrainer(IReadOnlyList<IModelTrainer> candidates, SimplestSufficientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        string names = string.Join(", ", candidates.Select(c => $"'{c.Name}'"));
        if (candidates.Count == 0 || candidates.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() < candidates.Count)
        {
            throw new ArgumentException($"There must be at least one candidate, and each a name of its own. Got {(names.Length == 0 ? "none" : names)}. Pass trainers that differ.", nameof(candidates));
        }

        _candidates = [.. candidates.OrderBy(c => c.Complexity)];
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => $"simplest sufficient of {string.Join(", ", _candidates.Select(c => c.Name))}";

    /// <inheritdoc/>
    public int Complexity => _candidates[^1].Complexity;

    /// <inheritdoc/>
    public TrainerAvailability Availability
    {
        get
        {
            TrainerAvailability[] each = [.. _candidates.Select(c => c.Availability)];
            return each.Any(a => a.IsAvailable) ? new(true) : new(false, string.Join(" ", _candidates.Zip(each, (c, a) => $"{c.Name}: {a.Reason}")));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        TrainingRows.RequireLearnable(training);
        List<string> remarks = [], faults = [];
        List<(IModelTrainer Trainer, TrainingResult Result)> trained = [];
        for (int i = 0; i < _candidates.Length; i++)
        {
            if (await TryTrainAsync(i, training, context, faults, cancellationToken).ConfigureAwait(false) is { } result)
            {
                trained.Add((_candidates[i], result));
            }
        }

        if (trained.Count == 0)
        {
            throw new TrainingException($"At least one candidate must be able to train here. Got none. {string.Join(" ", faults)}");
        }

        remarks.AddRange(faults.Select(fault => "Left out: " + fault));
        remarks.AddRange(trained.Select(t => $"{t.Trainer.Name}, out of fold: {t.Result.Objective}."));
        (IModelTrainer winner, TrainingResult best) = Choose(trained, training, context.Objective, remarks);
        remarks.AddRange(best.Remarks);
        context.Progress?.Report(new TrainingProgress(winner.Name, 1));
        return best with { Remarks = remarks };
    }

    private async ValueTask<TrainingResult?> TryTrainAsync(
        int index, TrainingSet training, TrainingContext context, List<string> faults, CancellationToken cancellationToken)
    {
        IModelTrainer candidate = _candidates[index];
        TrainerAvailability availability = candidate.Availability;
        if (!availability.IsAvailable)
        {
            faults.Add($"{candidate.Name}. {availability.Reason}");
            return null;
        }

        TrainingContext part = context.Progress is null ? context : context with { Progress = new PartProgress(context.Progress, index, _candidates.Length) };
        try
        {
            return await candidate.TrainAsync(training, part, cancellationToken).ConfigureAwait(false);
        }
        catch (TrainingException e)
        {
            faults.Add($"{candidate.Name}. {e.Message}");
            return null;
        }
    }

    private (IModelTrainer Trainer, TrainingResult Result) Choose(
        List<(IModelTrainer Trainer, TrainingResult Result)> trained, TrainingSet training, IObjective objective, List<string> remarks)
    {
        (IModelTrainer Trainer, TrainingResult Result) best = trained[0];
        foreach ((IModelTrainer Trainer, TrainingResult Result) next in trained.Skip(1))
        {
            PairedComparison comparison = PairedComparison.Of(best.Result.OutOfFold.Span, next.Result.OutOfFold.Span, training, objective, _options.Confidence);
            bool better = comparison.Interval is { } interval && interval.Lower > _options.ComplexityPrice;
            remarks.Add(Describe(best.Trainer, next.Trainer, comparison, objective, better));
            best = better ? next : best;
        }

        return best;
    }

    private string Describe(IModelTrainer incumbent, IModelTrainer challenger, PairedComparison comparison, IObjective objective, bool better)
    {
        string standIn = comparison.IsObjective ? string.Empty : $", which stands in for {objective.Name} because that is no mean over rows";
        string gain = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(comparison.Gain):0.00000} {(comparison.Gain >= 0 ? "better" : "worse")}");
        string range = comparison.Interval is { } interval
            ? string.Create(CultureInfo.InvariantCulture, $"gain {interval.Lower:0.00000} to {interval.Upper:0.00000} at {interval.Confidence * 100:0.#} %, {comparison.Entities} entities")
            : "no interval: one entity only";
        string verdict = better
            ? string.Create(CultureInfo.InvariantCulture, $"The gain exceeds the price of complexity ({_options.ComplexityPrice}): {challenger.Name} is taken.")
            : string.Create(CultureInfo.InvariantCulture, $"The gain does not exceed the price of complexity ({_options.ComplexityPrice}) beyond doubt: {incumbent.Name} is kept.");
        return $"{challenger.Name} against {incumbent.Name}, {comparison.Measure} out of fold{standIn}: {gain} ({range}). {verdict}";
    }
}
