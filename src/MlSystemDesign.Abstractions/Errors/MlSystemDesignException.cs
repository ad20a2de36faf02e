namespace MlSystemDesign;

/// <summary>The base of every exception that this library defines itself. Misuse of a member throws the <see cref="ArgumentException"/> family instead.</summary>
public class MlSystemDesignException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public MlSystemDesignException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
