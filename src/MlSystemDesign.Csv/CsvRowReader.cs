using System.Collections;
using System.Data.Common;
using MlSystemDesign.History;
using Sylvan.Data.Csv;

namespace MlSystemDesign.Csv;

/// <summary>A CSV file as a data reader that knows when a row does not fit the header.</summary>
internal sealed class CsvRowReader(CsvDataReader csv, string name) : DbDataReader, IRowCheck
{
    private long _rows;

    public string? RowFault => csv.RowFieldCount == csv.FieldCount ? null : $"{csv.RowFieldCount} fields where the header has {csv.FieldCount}";

    public override int Depth => csv.Depth;

    public override int FieldCount => csv.FieldCount;

    public override bool HasRows => csv.HasRows;

    public override bool IsClosed => csv.IsClosed;

    public override int RecordsAffected => csv.RecordsAffected;

    private bool IsBlankLine => csv.RowFieldCount == 1 && csv.FieldCount > 1 && csv.GetFieldSpan(0).IsWhiteSpace();

    public override object this[int ordinal] => csv[ordinal];

    public override object this[string column] => csv[column];

    public override bool Read()
    {
        do
        {
            if (!CsvFaults.Translate(csv.Read, name, NextRow))
            {
                return false;
            }
        }
        while (IsBlankLine);

        _rows++;
        return true;
    }

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (!await CsvFaults.TranslateAsync(csv.ReadAsync(cancellationToken), name, NextRow).ConfigureAwait(false))
            {
                return false;
            }
        }
        while (IsBlankLine);

        _rows++;
        return true;
    }

    public override bool NextResult() => csv.NextResult();

    public override string GetName(int ordinal) => csv.GetName(ordinal);

    public override int GetOrdinal(string name) => csv.GetOrdinal(name);

    public override string GetDataTypeName(int ordinal) => csv.GetDataTypeName(ordinal);

    public override Type GetFieldType(int ordinal) => csv.GetFieldType(ordinal);

    public override bool IsDBNull(int ordinal) => csv.IsDBNull(ordinal);

    public override string GetString(int ordinal) => csv.GetString(ordinal);

    public override object GetValue(int ordinal) => csv.GetValue(ordinal);

    public override int GetValues(object[] values) => csv.GetValues(values);

    public override bool GetBoolean(int ordinal) => csv.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => csv.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        csv.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => csv.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        csv.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override DateTime GetDateTime(int ordinal) => csv.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => csv.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => csv.GetDouble(ordinal);

    public override float GetFloat(int ordinal) => csv.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => csv.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => csv.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => csv.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => csv.GetInt64(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            csv.Dispose();
        }

        base.Dispose(disposing);
    }

    private long? NextRow() => _rows + 1;
}
