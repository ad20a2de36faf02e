namespace MlSystemDesign;

/// <summary>A model cannot be trained: one class only, no usable row, no trainer available on this machine.</summary>
public sealed class TrainingException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What must hold, what came, what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public TrainingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
