namespace MlSystemDesign;

/// <summary>Input data does not have the promised form: an empty file, a missing column, an unreadable value.</summary>
public sealed class DataFormatException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="rowNumber">The 1-based data row (the header is not counted), or <see langword="null"/> when the fault is not in one row.</param>
    /// <param name="column">The column's name, or <see langword="null"/>.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public DataFormatException(string message, long? rowNumber = null, string? column = null, Exception? innerException = null)
        : base(message, innerException)
    {
        RowNumber = rowNumber;
        Column = column;
    }

    /// <summary>Gets the 1-based data row (the header is not counted), or <see langword="null"/> when the fault is not in one row.</summary>
    public long? RowNumber { get; }

    /// <summary>Gets the column's name, or <see langword="null"/> when the fault is not in one column.</summary>
    public string? Column { get; }
}
