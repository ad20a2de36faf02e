namespace MlSystemDesign.History;

/// <summary>A data reader that can tell that its present row does not have the form of the header: too few fields, or too many. Readers of files implement it.</summary>
public interface IRowCheck
{
    /// <summary>Gets what is wrong with the present row, in words after "Got", such as "3 fields where the header has 4"; <see langword="null"/> when nothing is.</summary>
    string? RowFault { get; }
}
