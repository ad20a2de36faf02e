using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Assigns the entities of a training set to folds: all rows of one entity stand in one fold.</summary>
/// <remarks>
/// Entities with a positive row and entities without one are dealt out separately, each in the order of a hash of seed and key, so that folds
/// have about equal numbers of both. The fold of an entity depends on the seed and on the set of entities, never on the order of the rows.
/// Immutable and safe for concurrent use. O(n + e log e) for n rows of e entities.
/// </remarks>
public sealed class GroupedFolds
{
    private readonly int[] _foldOfRow;

    private GroupedFolds(int count, int[] foldOfRow, IReadOnlyList<string> remarks)
    {
        Count = count;
        _foldOfRow = foldOfRow;
        Remarks = remarks;
    }

    /// <summary>Gets the number of folds, at least 2.</summary>
    public int Count { get; }

    /// <summary>Gets the fold of each row, from 0, in row order.</summary>
    public ReadOnlySpan<int> FoldOfRow => _foldOfRow;

    /// <summary>Gets why there are fewer folds than asked for; empty when there are as many.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Assigns entities to folds.</summary>
    /// <param name="training">The rows.</param>
    /// <param name="folds">The number of folds wanted, at least 2. Fewer are made, with a remark, where a fold would be empty or, for a
    /// probability, hold one class only.</param>
    /// <param name="seed">Another seed gives another assignment.</param>
    /// <exception cref="TrainingException">Not even two folds can be made.</exception>
    public static GroupedFolds Assign(TrainingSet training, int folds, int seed)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (folds < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds), string.Create(CultureInfo.InvariantCulture, $"The number of folds must be at least 2. Got {folds}. Use 5 if in doubt."));
        }

        TrainingRows.RequireLearnable(training);
        (int[] entityOfRow, bool[] hasPositive, int[] dealt) = Deal(training, seed);
        for (int count = Math.Min(folds, dealt.Length); count >= 2; count--)
        {
            int[] foldOfRow = AssignTo(count, entityOfRow, hasPositive, dealt);
            if (training.TargetKind == TargetKind.Value || EveryFoldHasBothClasses(count, foldOfRow, training.Targets))
            {
                return new GroupedFolds(count, foldOfRow, count == folds ? [] : [Fewer(count, folds, training, hasPositive)]);
            }
        }

        throw new TrainingException(string.Create(
            CultureInfo.InvariantCulture,
            $"Out-of-fold predictions need at least two groups of entities that each hold {(training.TargetKind == TargetKind.Value ? "rows" : "both classes")}. Got {training.Count} rows of {hasPositive.Length} entities, {hasPositive.Count(p => p)} of them with a positive. Train on more entities, or on a longer history."));
    }

    private static (int[] EntityOfRow, bool[] HasPositive, int[] Dealt) Deal(TrainingSet training, int seed)
    {
        Dictionary<EntityKey, int> indexOf = [];
        List<EntityKey> keys = [];
        int[] entityOfRow = new int[training.Count];
        ReadOnlySpan<EntityKey> entities = training.Features.Observations.Entities;
        for (int i = 0; i < entityOfRow.Length; i++)
        {
            if (!indexOf.TryGetValue(entities[i], out int entity))
            {
                entity = keys.Count;
                indexOf.Add(entities[i], entity);
                keys.Add(entities[i]);
            }

            entityOfRow[i] = entity;
        }

        bool[] hasPositive = new bool[keys.Count];
        if (training.TargetKind == TargetKind.Probability)
        {
            for (int i = 0; i < entityOfRow.Length; i++)
            {
                hasPositive[entityOfRow[i]] |= training.Targets[i] == 1;
            }
        }

        string salt = seed.ToString(CultureInfo.InvariantCulture);
        ulong[] hashes = [.. keys.Select(key => EntityHash.Of(key, salt))];
        int[] dealt = [.. Enumerable.Range(0, keys.Count).OrderBy(e => hasPositive[e] ? 0 : 1).ThenBy(e => hashes[e]).ThenBy(e => keys[e])];
        return (entityOfRow, hasPositive, dealt);
    }

    // Round robin through the entities with a positive and on through the others, so that sizes differ by at most one entity.
    private static int[] AssignTo(int count, int[] entityOfRow, bool[] hasPositive, int[] dealt)
    {
        int[] foldOfEntity = new int[hasPositive.Length];
        for (int position = 0; position < dealt.Length; position++)
        {
            foldOfEntity[dealt[position]] = position % count;
        }

        return [.. entityOfRow.Select(entity => foldOfEntity[entity])];
    }

    private static bool EveryFoldHasBothClasses(int count, int[] foldOfRow, ReadOnlySpan<double> targets)
    {
        bool[] positive = new bool[count], negative = new bool[count];
        for (int i = 0; i < foldOfRow.Length; i++)
        {
            (targets[i] == 1 ? positive : negative)[foldOfRow[i]] = true;
        }

        return !positive.Contains(false) && !negative.Contains(false);
    }

    private static string Fewer(int count, int wanted, TrainingSet training, bool[] hasPositive) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} folds were used instead of {wanted}: with more, a fold would be empty or hold one class only ({training.Count} rows of {hasPositive.Length} entities, {hasPositive.Count(p => p)} of them with a positive).");
}
