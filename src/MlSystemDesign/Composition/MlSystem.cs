using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign;

/// <summary>The built-in <see cref="IMlSystem"/>: runs the parts in the order of the six steps. Usable without a container.</summary>
public sealed class MlSystem : IMlSystem
{
    private readonly MlSystemParts _parts;
    private readonly MlSystemOptions _options;
    private readonly ArtifactCodecs _codecs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile Served? _current;

    /// <summary>Creates a system.</summary>
    /// <param name="name">What the host calls it, such as "churn".</param>
    /// <param name="parts">The parts.</param>
    /// <param name="options">How it trains and decides; the defaults when absent.</param>
    /// <param name="codecs">The codecs of its artifacts; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <param name="timeProvider">What "now" is; the system's clock when absent.</param>
    /// <param name="logger">Where events go; nowhere when absent.</param>
    /// <exception cref="PlanException">The business case is faulty.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public MlSystem(
        string name,
        MlSystemParts parts,
        MlSystemOptions? options = null,
        ArtifactCodecs? codecs = null,
        TimeProvider? timeProvider = null,
        ILogger<MlSystem>? logger = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(parts);
        parts.Case.Validate();
        _options = options ?? new MlSystemOptions();
        ValidateOptionsResult valid = new MlSystemOptionsValidator().Validate(name, _options);
        if (valid.Failed)
        {
            throw new OptionsValidationException(name, typeof(MlSystemOptions), valid.Failures);
        }

        Name = name;
        _parts = parts;
        _codecs = codecs ?? ArtifactCodecs.Default;
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<MlSystem>.Instance;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TrainedSystem? Current => _current?.System;

    /// <inheritdoc/>
    public async ValueTask<TrainingRun> TrainAsync(IHistory history, IProgress<SystemProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        long started = _time.GetTimestamp();
        TrainingRun run = await new TrainingFlow(Name, _parts, _options, _codecs, _time, _logger).RunAsync(history, progress, cancellationToken).ConfigureAwait(false);
        _current = new Served(run.System, run.Hash, ArtifactFile.HashOf(run.System.Policy, _codecs));
        Telemetry.TrainingDuration.Record(_time.GetElapsedTime(started).TotalSeconds, Telemetry.SystemTag(Name));
        Log.Trained(_logger, Name, run.System.Model.Algorithm, run.Hash);
        return run;
    }

    /// <inheritdoc/>
    public async ValueTask<double> ScoreAsync(IHistory history, EntityKey entity, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        Served served = Require();
        ObservationSet row = ObservationSet.At([entity], cutoff ?? _time.GetUtcNow());
        (_, double[] predictions) = await served.System.PredictAsync(history, row, cancellationToken).ConfigureAwait(false);
        return predictions[0];
    }

    /// <inheritdoc/>
    public async ValueTask<DecisionRun> DecideAsync(IHistory history, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        Served served = Require();
        DecisionRun run = await served.System.DecideAsync(history, cutoff ?? _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        int written = await _parts.Ledger.AppendAsync(await RecordsOfAsync(served, run, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        Telemetry.Decisions.Add(run.Decisions.Decisions.Count, Telemetry.SystemTag(Name));
        Log.Decided(_logger, Name, run.Decisions.Decisions.Count, run.Decisions.Candidates, written);
        return run;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RecordOutcomeAsync(EntityKey entity, DateTimeOffset eventTime, double outcome, CancellationToken cancellationToken = default)
    {
        if (!double.IsFinite(outcome))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outcome), $"An outcome must be a finite number. Got {outcome.ToString(CultureInfo.InvariantCulture)} for '{entity}'. Record only outcomes that are known.");
        }

        long surrogate = await _parts.Ledger.SurrogateOfAsync(entity, cancellationToken).ConfigureAwait(false);
        OutcomeRecord record = new()
        {
            Id = IdOf("outcome", surrogate, eventTime, outcome.ToString("R", CultureInfo.InvariantCulture)),
            Entity = surrogate,
            EventTime = eventTime.ToUniversalTime(),
            ArrivalTime = _time.GetUtcNow(),
            KpiHash = (Current?.Case ?? _parts.Case).Kpi.Hash,
            Outcome = outcome,
        };
        return await _parts.Ledger.AppendAsync([record], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async ValueTask<DriftReport> CheckDriftAsync(IHistory history, DateTimeOffset? cutoff = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        TrainedSystem system = Require().System;
        IDriftReference reference = system.DriftReference ?? throw new InvalidOperationException(
            $"To check drift, the system must hold a reference. '{Name}' was saved without one. Train it again with a drift monitor.");
        ObservationSet cohort = system.Frame.Cohort(history, cutoff ?? _time.GetUtcNow());
        (FeatureTable features, double[] predictions) = await system.PredictAsync(history, cohort, cancellationToken).ConfigureAwait(false);
        DriftReport report = await _parts.Monitor.CompareAsync(
            new DriftContext { Reference = reference, Current = features.AlignTo(system.Model.Schema), Predictions = predictions }, cancellationToken).ConfigureAwait(false);
        int material = report.Columns.Count(c => c.Verdict == DriftVerdict.Material);
        Telemetry.DriftAlarms.Add(material, Telemetry.SystemTag(Name));
        Log.DriftChecked(_logger, Name, report.Verdict, material, report.CurrentCount);
        return report;
    }

    /// <inheritdoc/>
    public string Save(string path)
    {
        string hash = Require().System.Save(path, _codecs);
        Log.Saved(_logger, Name, hash);
        return hash;
    }

    /// <inheritdoc/>
    public string Load(string path)
    {
        (TrainedSystem system, string hash) = ArtifactFile.Load<TrainedSystem>(path, _codecs);
        _current = new Served(system, hash, ArtifactFile.HashOf(system.Policy, _codecs));
        Log.Loaded(_logger, Name, hash);
        return hash;
    }

    private Served Require() => _current ?? throw new InvalidOperationException($"A system must be trained or loaded before it is used. '{Name}' is neither. Call TrainAsync or Load first.");

    private async ValueTask<IReadOnlyCollection<LedgerRecord>> RecordsOfAsync(Served served, DecisionRun run, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        string kpi = served.System.Case.Kpi.Hash;
        List<LedgerRecord> records = [];
        if (_options.RecordPredictions)
        {
            for (int i = 0; i < run.Candidates.RowCount; i++)
            {
                double prediction = run.Predictions.Span[i];
                if (!double.IsFinite(prediction))
                {
                    continue; // Unknown: the policy gave it no action, and said so.
                }

                long surrogate = await _parts.Ledger.SurrogateOfAsync(run.Candidates.Observations.Entities[i], cancellationToken).ConfigureAwait(false);
                records.Add(new PredictionRecord
                {
                    Id = IdOf("prediction", surrogate, run.Cutoff, string.Create(CultureInfo.InvariantCulture, $"{served.Hash}\n{prediction:R}")),
                    Entity = surrogate,
                    EventTime = run.Cutoff.ToUniversalTime(),
                    ArrivalTime = now,
                    ModelHash = served.Hash,
                    KpiHash = kpi,
                    Prediction = prediction,
                });
            }
        }

        foreach (Decision decision in run.Decisions.Decisions)
        {
            long surrogate = await _parts.Ledger.SurrogateOfAsync(decision.Entity, cancellationToken).ConfigureAwait(false);
            records.Add(new DecisionRecord
            {
                Id = IdOf("decision", surrogate, run.Cutoff, string.Create(CultureInfo.InvariantCulture, $"{served.Hash}\n{decision.Intervention}\n{decision.Probability:R}")),
                Entity = surrogate,
                EventTime = run.Cutoff.ToUniversalTime(),
                ArrivalTime = now,
                ModelHash = served.Hash,
                PolicyHash = served.PolicyHash,
                KpiHash = kpi,
                Action = decision.Intervention,
                Prediction = decision.Probability,
                ExpectedValue = decision.ExpectedValue.Value,
                Cost = decision.Cost,
            });
        }

        return records;
    }

    // Derived from the content, so that a repeated call writes nothing twice; from the surrogate, so that no key can be guessed from it once erased.
    private string IdOf(string kind, long surrogate, DateTimeOffset eventTime, string rest) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Name}\n{kind}\n{surrogate}\n{eventTime.UtcTicks}\n{rest}"))))[..32];

    private sealed record Served(TrainedSystem System, string Hash, string PolicyHash);
}
