using MlSystemDesign.History;
using MlSystemDesign.Parquet.Blocks;
using MlSystemDesign.Parquet.Files;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>Puts the row groups of a file together to a feature table.</summary>
internal sealed class FeatureTableAssembler
{
    private readonly ParquetFile _file;
    private readonly FeatureTableHeader _header;
    private readonly FeatureSchema _schema;
    private readonly EntityKey[] _entities;
    private readonly long[]? _cutoffs;
    private readonly double[]?[] _numbers;
    private readonly int[]?[] _codes;

    public FeatureTableAssembler(ParquetFile file)
    {
        _file = file;
        _header = FeatureTableHeader.Parse(file.Metadata, file.Name);
        _schema = new FeatureSchema(_header.Columns.Select(column => column.ToColumn()));
        int rows = checked(Enumerable.Range(0, file.RowGroupCount).Sum(file.RowCount));
        _entities = new EntityKey[rows];
        _cutoffs = _header.CutoffColumn is null ? null : new long[rows];
        _numbers = [.. _schema.Select(column => column.Kind == ColumnKind.Number ? new double[rows] : null)];
        _codes = [.. _schema.Select(column => column.Kind == ColumnKind.Number ? null : new int[rows])];
    }

    public async Task<FeatureTable> ReadAsync(CancellationToken cancellationToken)
    {
        int from = 0;
        for (int group = 0; group < _file.RowGroupCount; group++)
        {
            await ReadGroupAsync(group, from, cancellationToken).ConfigureAwait(false);
            from += _file.RowCount(group);
        }

        ObservationSet observations = _cutoffs is null ? ObservationSet.WithoutTime(_entities) : ObservationSet.Of(_entities, _cutoffs);
        return new FeatureTable(observations, _schema, Array.ConvertAll(_numbers, n => (ReadOnlyMemory<double>)n), Array.ConvertAll(_codes, c => (ReadOnlyMemory<int>)c));
    }

    private async Task ReadGroupAsync(int group, int from, CancellationToken cancellationToken)
    {
        ReadEntities(await BlockAsync(_header.EntityColumn, group, cancellationToken).ConfigureAwait(false), from);
        if (_header.CutoffColumn is { } cutoff)
        {
            ReadCutoffs(await BlockAsync(cutoff, group, cancellationToken).ConfigureAwait(false), from);
        }

        for (int c = 0; c < _schema.Count; c++)
        {
            ColumnBlock block = await BlockAsync(_schema[c].Name, group, cancellationToken).ConfigureAwait(false);
            if (_numbers[c] is { } numbers)
            {
                block.Numbers().CopyTo(numbers.AsMemory(from));
            }
            else
            {
                ReadCodes(block, _schema[c], _codes[c].AsSpan(from, block.Count));
            }
        }
    }

    private async Task<ColumnBlock> BlockAsync(string name, int group, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int column = Enumerable.Range(0, _file.ColumnNames.Count).FirstOrDefault(i => string.Equals(_file.ColumnNames[i], name, StringComparison.Ordinal), -1);
        return column >= 0
            ? await _file.ReadAsync(column, group, null, cancellationToken).ConfigureAwait(false)
            : throw Broken($"no column '{name}'", null, name);
    }

    private void ReadEntities(ColumnBlock block, int from)
    {
        EntityKeyKind kind = _header.EntityForm switch { EntityForm.Integer => EntityKeyKind.Integer, EntityForm.Guid => EntityKeyKind.Guid, _ => EntityKeyKind.Text };
        block.RequireKeyKind(kind);
        FactColumns unused = new(block.Count);
        for (int row = 0; row < block.Count; row++)
        {
            EntityKey key = block.IsMissing(row) ? throw Broken("no entity", from + row + 1, block.Name) : block.KeyAt(row, kind, unused);
            _entities[from + row] = _header.EntityForm == EntityForm.Canonical ? EntityKey.Parse(key.ToString()) : key;
        }
    }

    private void ReadCutoffs(ColumnBlock block, int from)
    {
        TimeBlock times = block as TimeBlock ?? throw Broken($"{block.Type} as cutoffs", null, block.Name);
        for (int row = 0; row < times.Count; row++)
        {
            if (times.IsMissing(row) || !times.TryGetTicks(row, out _cutoffs![from + row]))
            {
                throw Broken("no cutoff", from + row + 1, block.Name);
            }
        }
    }

    private void ReadCodes(ColumnBlock block, FeatureColumn column, Span<int> codes)
    {
        TextBlock texts = block as TextBlock ?? throw Broken($"{block.Type} as categories", null, block.Name);
        int[] codeOf = [.. texts.Levels.Select(column.CodeOf)];
        for (int row = 0; row < codes.Length; row++)
        {
            bool isMissing = texts.IsMissing(row);
            codes[row] = isMissing ? -1 : codeOf[texts.Codes[row]];
            if (codes[row] < 0 && !isMissing)
            {
                throw Broken($"'{texts.TextAt(row)}', which is none of its levels,", null, block.Name);
            }
        }
    }

    private DataFormatException Broken(string came, long? row, string column) => new(
        $"The rows of a feature table must fit its schema. Got {came}{(row is null ? string.Empty : $" in row {row}")} in column '{column}' of '{_file.Name}'. Write the table again.", row, column);
}
