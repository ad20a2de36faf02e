namespace MlSystemDesign.History;

/// <summary>The row that is being read. One instance per source, used for each row in turn.</summary>
internal sealed class RowDraft(int columns)
{
    public EntityKey Entity { get; set; }

    public long EventTicks { get; set; }

    public long KnownTicks { get; set; }

    public long Sequence { get; set; }

    public EntityKey EventKey { get; set; }

    /// <summary>Gets the values of number columns; NaN is missing.</summary>
    public double[] Numbers { get; } = new double[columns];

    /// <summary>Gets the values of category columns; <see langword="null"/> or empty is missing.</summary>
    public string?[] Texts { get; } = new string?[columns];

    /// <summary>Gets the first thing that is wrong with the row.</summary>
    public RowFault? Fault { get; private set; }

    public void Clear() => Fault = null;

    public void Fail(BadRowReason reason, string? column, string came) => Fault ??= new RowFault(reason, column, came);
}
