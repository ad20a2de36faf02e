using System.Text.Json;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Features;

/// <summary>An online engine whose facts survive: each is in a journal before it is added, and opening the folder again gives the same engine, bit for bit.</summary>
/// <remarks>
/// <para>Durability is that of the journal (<see cref="FactJournalOptions.FlushToDisk"/>): a fact whose <see cref="Add"/> has returned survives a kill of the process.</para>
/// <para>Safe for concurrent use. Additions go on side by side, also while a <see cref="Checkpoint"/> is written; <see cref="Forget"/> makes them wait, reads never wait for either.</para>
/// <para>The folder is one engine's, of one process at a time. A plan may be changed between two openings: the journal holds facts, not features.</para>
/// </remarks>
public sealed class DurableOnlineFeatures : IDisposable
{
    private const string JournalFolder = "journal";
    private const string StateFile = "state.json";
    private readonly FactJournal _journal;
    private readonly string _statePath;
    private readonly Lock _rewriting = new(); // taken before the next: a checkpoint or a forgetting at a time
    private readonly ReaderWriterLockSlim _adding = new(); // read by each addition, so that none is cut between the journal and the engine
    private bool _isForgetting;

    private DurableOnlineFeatures(OnlineFeatures features, FactJournal journal, string statePath) => (Features, _journal, _statePath) = (features, journal, statePath);

    /// <summary>Gets the engine, to be read. Facts that are added to it directly are not journalled.</summary>
    public OnlineFeatures Features { get; }

    /// <summary>Gets how many bytes the journal takes: what tells when to make a <see cref="Checkpoint"/>.</summary>
    public long LengthInBytes => _journal.LengthInBytes;

    /// <summary>Opens an engine, or creates it with its folder: adds every fact of the journal. O(facts kept and added since the last checkpoint).</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="schema">The sources; see <see cref="OnlineFeatures(FeaturePlan, HistorySchema)"/>.</param>
    /// <param name="folder">The folder, which holds nothing else.</param>
    /// <param name="options">How the journal writes; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the share of the journal that is read, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the opening; nothing has changed.</param>
    /// <exception cref="PlanException">The plan does not fit the schema; every fault is named.</exception>
    /// <exception cref="FactJournalException">Another process has it open, it is damaged, of another schema, or a newer version wrote it.</exception>
    /// <exception cref="InvalidOperationException">Events were forgotten, and the plan has features that read them without a limit in time.</exception>
    public static DurableOnlineFeatures Open(
        FeaturePlan plan, HistorySchema schema, string folder, FactJournalOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        OnlineFeatures features = new(plan, schema);
        folder = Path.GetFullPath(folder);
        FactJournal journal = FactJournal.Open(Path.Combine(folder, JournalFolder), schema, options);
        try
        {
            journal.Replay((int source, in FactRow row) => features.Add(source, row), progress, cancellationToken);
            string state = Path.Combine(folder, StateFile);
            if (File.Exists(state))
            {
                // After the facts: versions that came before it was called go on superseding.
                features.Forget(ReadState(state), cancellationToken);
            }

            return new DurableOnlineFeatures(features, journal, state);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds a fact. When this returns, it survives and every read sees it.</summary>
    /// <param name="source">The position of its source, from <see cref="OnlineFeatures.SourceOf"/>.</param>
    /// <param name="row">The fact, or a version or retraction of one.</param>
    /// <exception cref="DataFormatException">The row is not one of the source: says what is wrong. Nothing has changed.</exception>
    /// <exception cref="FactJournalException">The journal could not be written; it must be opened again.</exception>
    public void Add(int source, in FactRow row)
    {
        Features.Require(source, row);
        _adding.EnterReadLock();
        try
        {
            if (!Features.IsTooLate(source, row))
            {
                _journal.Append(source, row);
            }

            Features.Add(source, row);
        }
        finally
        {
            _adding.ExitReadLock();
        }
    }

    /// <summary>Forgets the events that happened before an instant: see <see cref="OnlineFeatures.Forget"/>. The next <see cref="Checkpoint"/> gives their place in the journal back.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="cancellationToken">Stops on the way; the next opening, call or checkpoint ends it.</param>
    public void Forget(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        Features.RequireForgettable();
        lock (_rewriting)
        {
            _adding.EnterWriteLock();
            try
            {
                DateTimeOffset kept = before > Features.KeptSince ? before : Features.KeptSince;
                AtomicFile.Write(_statePath, stream => JsonSerializer.Serialize(stream, new State(kept.UtcTicks)));
                FolderSync.Flush(Path.GetDirectoryName(_statePath)!); // before a checkpoint lets rows go: after a loss of power it must be known since when there are all
                _isForgetting = true;
                Features.Forget(kept, cancellationToken);
                _isForgetting = false;
            }
            finally
            {
                _adding.ExitWriteLock();
            }
        }
    }

    /// <summary>Rewrites the journal with only what is kept. Killed on the way, the next opening finds the old journal or the new one, and in both every fact that was added since.</summary>
    /// <param name="progress">Gets the share that is read, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the rewriting; the old journal stays.</param>
    /// <returns>How many rows are kept of those that were added before the call.</returns>
    /// <remarks>Additions wait while a new segment is begun, and go on while the rows are rewritten.</remarks>
    public long Checkpoint(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        long rows = 0;
        lock (_rewriting)
        {
            _adding.EnterWriteLock();
            try
            {
                if (_isForgetting)
                {
                    Features.Forget(Features.KeptSince, cancellationToken); // it was stopped on the way; what is retained is only known at its end
                    _isForgetting = false;
                }

                int cut = 0;
                _journal.Compact(
                    writer => rows = writer.Retain((int source, in FactRow row) => Features.IsRetained(source, row, cut), progress),
                    atCut: () =>
                    {
                        cut = Features.Cut();
                        _adding.ExitWriteLock();
                    },
                    cancellationToken);
            }
            finally
            {
                if (_adding.IsWriteLockHeld)
                {
                    _adding.ExitWriteLock(); // it failed before the cut
                }
            }
        }

        return rows;
    }

    /// <summary>Closes the journal.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        _adding.Dispose();
    }

    private static DateTimeOffset ReadState(string path)
    {
        try
        {
            State state = JsonSerializer.Deserialize<State>(File.ReadAllBytes(path)) ?? throw new JsonException("It holds nothing.");
            return new DateTimeOffset(state.KeptSinceUtcTicks, TimeSpan.Zero);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw new DataFormatException(
                $"The state of an online engine must say since when events are kept. Got '{path}', which cannot be read. Restore it from a backup, or delete it and call Forget with the instant that was used last.", null, null, e);
        }
    }

    private sealed record State(long KeptSinceUtcTicks);
}
