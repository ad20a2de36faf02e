using Parquet;
using Parquet.Schema;

namespace MlSystemDesign.Parquet.Tables;

/// <summary>Writes a feature table as a Parquet file.</summary>
internal sealed class FeatureTableWriter
{
    private const int RowsPerGroup = 1 << 20;
    private readonly FeatureTable _table;
    private readonly FeatureTableHeader _header;
    private readonly ParquetSchema _schema;
    private readonly ParquetOptions _options = new();

    public FeatureTableWriter(FeatureTable table)
    {
        _table = table;
        _header = FeatureTableHeader.Of(table);
        List<DataField> fields = [new DataField(_header.EntityColumn, _header.EntityForm switch
        {
            EntityForm.Integer => typeof(long),
            _ => typeof(string),
        }, isNullable: false)];
        if (_header.CutoffColumn is { } cutoff)
        {
            DateTimeTimeUnit unit = CutoffUnit.NeedsNanoseconds(table.Observations.CutoffTicks) ? DateTimeTimeUnit.Nanos : DateTimeTimeUnit.Micros;
            fields.Add(new DateTimeDataField(cutoff, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: unit, isNullable: false));
        }

        foreach (FeatureColumn column in table.Schema)
        {
            bool isNumber = column.Kind == ColumnKind.Number;
            fields.Add(new DataField(column.Name, isNumber ? typeof(double) : typeof(string), isNullable: true));
            if (!isNumber)
            {
                _options.ColumnEncodingHints[column.Name] = EncodingHint.Dictionary;
            }
        }

        _schema = new ParquetSchema(fields);
    }

    public async ValueTask WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        ParquetWriter writer = await ParquetWriter.CreateAsync(_schema, stream, _options, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string> { [FeatureTableHeader.MetadataKey] = _header.ToJson() };
            for (int from = 0; from < _table.RowCount; from += RowsPerGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await WriteAsync(group, from, Math.Min(RowsPerGroup, _table.RowCount - from), cancellationToken).ConfigureAwait(false);
                group.CompleteValidate();
            }
        }
    }

    private async Task WriteAsync(ParquetRowGroupWriter group, int from, int count, CancellationToken cancellationToken)
    {
        await WriteEntitiesAsync(group, from, count, cancellationToken).ConfigureAwait(false);
        int next = 1;
        if (_header.CutoffColumn is not null)
        {
            await StoredTwin.WriteCutoffsAsync(group, (DateTimeDataField)_schema.DataFields[next++], Cutoffs(from, count), cancellationToken).ConfigureAwait(false);
        }

        for (int c = 0; c < _table.Schema.Count; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataField field = _schema.DataFields[next + c];
            if (_table.Schema[c].Kind == ColumnKind.Number)
            {
                await group.WriteAsync<double>(field, Numbers(c, from, count), cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await StoredTwin.WriteTextsAsync(group, field, Texts(c, from, count), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task WriteEntitiesAsync(ParquetRowGroupWriter group, int from, int count, CancellationToken cancellationToken)
    {
        DataField field = _schema.DataFields[0];
        EntityKey[] entities = _table.Observations.Entities.Slice(from, count).ToArray();
        return _header.EntityForm switch
        {
            EntityForm.Integer => group.WriteAsync<long>(field, Array.ConvertAll(entities, EntityValue.Integer), cancellationToken: cancellationToken),
            EntityForm.Canonical => StoredTwin.WriteTextsAsync(group, field, Array.ConvertAll(entities, e => e.ToCanonicalString()), cancellationToken),
            _ => StoredTwin.WriteTextsAsync(group, field, Array.ConvertAll(entities, e => e.ToString()), cancellationToken),
        };
    }

    private long[] Cutoffs(int from, int count) => _table.Observations.CutoffTicks.Slice(from, count).ToArray();

    private double?[] Numbers(int column, int from, int count) =>
        Array.ConvertAll(_table.Numbers(column).Slice(from, count).ToArray(), value => double.IsNaN(value) ? null : (double?)value);

    private string?[] Texts(int column, int from, int count)
    {
        IReadOnlyList<string> levels = _table.Schema[column].Levels;
        return Array.ConvertAll(_table.Codes(column).Slice(from, count).ToArray(), code => code < 0 ? null : levels[code]);
    }
}
