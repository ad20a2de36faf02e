using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>The columns that make a key, in order.</summary>
/// <param name="Columns">Column names, each with the kind of its part; <see langword="null"/> takes the kind from the column's type.</param>
internal sealed record KeyMapping(IReadOnlyList<(string Column, EntityKeyKind? Kind)> Columns)
{
    public static KeyMapping Of(string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Length > 0
            ? new KeyMapping([.. columns.Select(c => (c, (EntityKeyKind?)null))])
            : throw new ArgumentException("A key must have at least one column. Got none. Name it.", nameof(columns));
    }

    public static KeyMapping Of(string column, EntityKeyKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return kind != EntityKeyKind.Composite
            ? new KeyMapping([(column, kind)])
            : throw new ArgumentException($"One column must hold a single key. Got kind Composite for column '{column}'. List the columns of a composite key instead.", nameof(kind));
    }

    /// <summary>Adds the keys to a batch as its entities: integers and dictionaries in place.</summary>
    public void AddEntities(BlockSource blocks, FactColumns batch)
    {
        if (Columns is [var (column, stated)])
        {
            ColumnBlock block = blocks[column];
            EntityKeyKind kind = block.RequireKeyKind(stated);
            if (block is IntegerBlock && kind == EntityKeyKind.Integer)
            {
                batch.Entity(Integers(block, batch, BadRowReason.EntityMissing));
                return;
            }

            if (block is TextBlock texts && kind == EntityKeyKind.Text)
            {
                texts.RequireValues(batch, BadRowReason.EntityMissing);
                batch.Entity(texts.Codes, texts.Keys);
                return;
            }
        }

        batch.Entity(Keys(blocks, batch, BadRowReason.EntityMissing));
    }

    /// <summary>Adds the keys to a batch as its event keys.</summary>
    public void AddEventKeys(BlockSource blocks, FactColumns batch)
    {
        if (Columns is [var (column, _)] && blocks[column] is IntegerBlock block)
        {
            batch.EventKey(Integers(block, batch, BadRowReason.EventKeyMissing));
        }
        else
        {
            batch.EventKey(Keys(blocks, batch, BadRowReason.EventKeyMissing));
        }
    }

    private static ReadOnlyMemory<long> Integers(ColumnBlock block, FactColumns batch, BadRowReason missing)
    {
        block.RequireValues(batch, missing);
        return block.Integers(batch, BadRowReason.EntityUnreadable);
    }

    private ReadOnlyMemory<EntityKey> Keys(BlockSource blocks, FactColumns batch, BadRowReason missing)
    {
        (ColumnBlock Block, EntityKeyKind Kind)[] parts = [.. Columns.Select(c => (blocks[c.Column], blocks[c.Column].RequireKeyKind(c.Kind)))];
        foreach ((ColumnBlock block, _) in parts)
        {
            block.RequireValues(batch, missing);
        }

        EntityKey[] keys = new EntityKey[batch.Count];
        EntityKey[] key = new EntityKey[parts.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            if (Array.Exists(parts, part => part.Block.IsMissing(row)))
            {
                continue;
            }

            for (int p = 0; p < parts.Length; p++)
            {
                key[p] = parts[p].Block.KeyAt(row, parts[p].Kind, batch);
            }

            keys[row] = key is [var only] ? only : EntityKey.Composite(key);
        }

        return keys;
    }
}
