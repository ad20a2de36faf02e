using System.Data.Common;

namespace MlSystemDesign.History;

/// <summary>The row that is being read. One instance per source, used for each row in turn.</summary>
internal sealed class RowDraft(int columns)
{
    public EntityKey Entity { get; set; }

    public long EventTicks { get; set; }

    public long KnownTicks { get; set; }

    public long Sequence { get; set; }

    public EntityKey EventKey { get; set; }

    public bool Retracted { get; set; }

    /// <summary>Gets the values of number columns; NaN is missing.</summary>
    public double[] Numbers { get; } = new double[columns];

    /// <summary>Gets the values of category columns; <see langword="null"/> or empty is missing.</summary>
    public string?[] Texts { get; } = new string?[columns];

    /// <summary>Gets or sets the column that is being read, for the fault when its code throws.</summary>
    public string? Column { get; set; }

    /// <summary>Gets the first thing that is wrong with the row.</summary>
    public RowFault? Fault { get; private set; }

    public void Clear() => (Fault, Column, Retracted) = (null, null, false);

    public void Fail(BadRowReason reason, string? column, string came, Exception? cause = null) => Fault ??= new RowFault(reason, column, came, cause);

    /// <summary>Reads a row column by column. What the caller's or the provider's code throws fails the row, and ends its reading.</summary>
    /// <exception cref="OperationCanceledException">The code was told to stop.</exception>
    public void Read<TRow>(ReadOnlySpan<Action<TRow, RowDraft>> columns, TRow row)
    {
        try
        {
            foreach (Action<TRow, RowDraft> column in columns)
            {
                column(row, this);
            }
        }
        catch (Exception thrown) when (IsAboutTheRow(thrown))
        {
            Fail(BadRowReason.ConversionFailed, Column, $"{thrown.GetType().Name} ({thrown.Message})", thrown);
        }
    }

    /// <summary>When the file or the database broke, the rows after this one are not to be had either: leaving out one row would hide that.</summary>
    private static bool IsAboutTheRow(Exception thrown) => thrown is not (OperationCanceledException or OutOfMemoryException or IOException or DbException);
}
