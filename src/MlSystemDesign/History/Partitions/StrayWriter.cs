namespace MlSystemDesign.History;

/// <summary>Copies the rows of events that have versions in several partitions to all of these, so that each partition sees every version of its events.</summary>
/// <param name="folder">The folder.</param>
/// <param name="file">Where rows are written.</param>
/// <param name="blocks">The blocks of each partition, to which the copies are added.</param>
/// <param name="members">The entities of each partition.</param>
/// <param name="sources">The sources, by their position.</param>
internal sealed class StrayWriter(string folder, FileStream file, List<PartitionBlock>[] blocks, PartitionMembers members, IReadOnlyList<SourceIngest> sources) : IDisposable
{
    private readonly FileStream _written = new(PartitionFiles.Rows(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    /// <summary>Copies them, with one block of rows in memory at a time.</summary>
    public void Write(EventKeyPlaces keys)
    {
        keys.Find();
        for (int p = 0; p < blocks.Length; p++)
        {
            StrayRow[] strays = keys.Of(p);
            for (int start = 0, end; start < strays.Length; start = end)
            {
                int block = strays[start].Row.Block;
                end = Array.FindIndex(strays, start, s => s.Row.Block != block) is >= 0 and var next ? next : strays.Length;
                CopyTo(strays.AsSpan(start..end), blocks[p][block], members.Of(p));
            }
        }
    }

    private void CopyTo(ReadOnlySpan<StrayRow> strays, PartitionBlock block, IReadOnlyList<int> entities)
    {
        SourceIngest source = sources[block.Source];
        FactBatch batch = PartitionColumns.Read(_written, source.Columns, [block], _ => -1);
        EntityKey[] keys = Array.ConvertAll(batch.Entities, place => source.Entities[entities[place]]);
        PartitionColumns columns = new(batch);
        for (int start = 0, end; start < strays.Length; start = end)
        {
            for (end = start + 1; end < strays.Length && strays[end].To == strays[start].To;)
            {
                end++;
            }

            int[] rows = new int[end - start];
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = strays[start + i].Row.Row;
            }

            blocks[strays[start].To].Add(new PartitionBlock(block.Source, file.Position, rows.Length, IsForeign: true));
            StoredKeys.Write(file, PartitionColumns.Pick<EntityKey>(keys, rows));
            columns.Write(file, rows);
        }
    }

    public void Dispose() => _written.Dispose();
}
