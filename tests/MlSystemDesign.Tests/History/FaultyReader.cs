using System.Collections;
using System.Data;
using System.Data.Common;

namespace MlSystemDesign.Tests.History;

/// <summary>Reads a table, but throws where one column of the second row is read, as providers do whose value is not of the column's type.</summary>
internal sealed class FaultyReader(DataTable table, string column) : DbDataReader
{
    private readonly DataTableReader _inner = table.CreateDataReader();
    private int _row;

    public override int Depth => _inner.Depth;

    public override int FieldCount => _inner.FieldCount;

    public override bool HasRows => _inner.HasRows;

    public override bool IsClosed => _inner.IsClosed;

    public override int RecordsAffected => _inner.RecordsAffected;

    public override object this[int ordinal] => Checked(ordinal)[ordinal];

    public override object this[string name] => this[GetOrdinal(name)];

    public override bool Read()
    {
        _row++;
        return _inner.Read();
    }

    public override bool NextResult() => _inner.NextResult();

    public override string GetName(int ordinal) => _inner.GetName(ordinal);

    public override int GetOrdinal(string name) => _inner.GetOrdinal(name);

    public override string GetDataTypeName(int ordinal) => _inner.GetDataTypeName(ordinal);

    public override Type GetFieldType(int ordinal) => _inner.GetFieldType(ordinal);

    public override bool IsDBNull(int ordinal) => _inner.IsDBNull(ordinal);

    public override string GetString(int ordinal) => Checked(ordinal).GetString(ordinal);

    public override object GetValue(int ordinal) => Checked(ordinal).GetValue(ordinal);

    public override int GetValues(object[] values) => _inner.GetValues(values);

    public override bool GetBoolean(int ordinal) => Checked(ordinal).GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => Checked(ordinal).GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => Checked(ordinal).GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => Checked(ordinal).GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => Checked(ordinal).GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override DateTime GetDateTime(int ordinal) => Checked(ordinal).GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => Checked(ordinal).GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => Checked(ordinal).GetDouble(ordinal);

    public override float GetFloat(int ordinal) => Checked(ordinal).GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => Checked(ordinal).GetGuid(ordinal);

    public override short GetInt16(int ordinal) => Checked(ordinal).GetInt16(ordinal);

    public override int GetInt32(int ordinal) => Checked(ordinal).GetInt32(ordinal);

    public override long GetInt64(int ordinal) => Checked(ordinal).GetInt64(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private DataTableReader Checked(int ordinal) =>
        _row == 2 && string.Equals(GetName(ordinal), column, StringComparison.Ordinal) ? throw new InvalidCastException("not of that type") : _inner;
}
