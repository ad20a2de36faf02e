using System.Data;

namespace MlSystemDesign.History;

/// <summary>The columns that make a key, in order.</summary>
/// <param name="Columns">Column names, each with the kind of its part; <see langword="null"/> takes the kind from the reader's column type.</param>
internal sealed record KeyColumns(IReadOnlyList<(string Column, EntityKeyKind? Kind)> Columns)
{
    public static KeyColumns Of(string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Length > 0
            ? new KeyColumns([.. columns.Select(c => (c, (EntityKeyKind?)null))])
            : throw new ArgumentException("A key must have at least one column. Got none. Name it.", nameof(columns));
    }

    public static KeyColumns Of(string column, EntityKeyKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return kind != EntityKeyKind.Composite
            ? new KeyColumns([(column, kind)])
            : throw new ArgumentException($"One column must hold a single key. Got kind Composite for column '{column}'. List the columns of a composite key instead.", nameof(kind));
    }

    /// <summary>Binds to the columns of a reader.</summary>
    /// <param name="columns">The reader's columns.</param>
    /// <param name="missing">The fault when a part is missing.</param>
    public Func<IDataRecord, RowDraft, EntityKey> Bind(ReaderColumns columns, BadRowReason missing)
    {
        (ReaderField Field, EntityKeyKind Kind)[] parts = [.. Columns.Select(c => (columns[c.Column], c.Kind ?? columns[c.Column].KeyKind))];
        if (parts is [var only])
        {
            return (record, draft) => only.Field.Key(record, only.Kind, missing, draft);
        }

        return (record, draft) =>
        {
            EntityKey[] keys = new EntityKey[parts.Length];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = parts[i].Field.Key(record, parts[i].Kind, missing, draft);
            }

            return EntityKey.Composite(keys);
        };
    }
}
