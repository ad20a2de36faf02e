namespace MlSystemDesign.Training.Trees;

/// <summary>Bytes or text that should hold boosted trees do not, are damaged or too large, or hold a kind of model that is not read.</summary>
public sealed class TreeFormatException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public TreeFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
