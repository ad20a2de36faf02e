namespace MlSystemDesign.Training.Trees;

/// <summary>Bytes or text that should hold a tree ensemble do not, or hold a kind that we do not read.</summary>
internal sealed class TreeFormatException : FormatException
{
    public TreeFormatException()
    {
    }

    public TreeFormatException(string message)
        : base(message)
    {
    }

    public TreeFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
