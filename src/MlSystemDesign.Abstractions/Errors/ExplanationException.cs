namespace MlSystemDesign;

/// <summary>A model cannot be explained exactly, or an explanation does not add up. No approximate value takes its place.</summary>
public sealed class ExplanationException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public ExplanationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
