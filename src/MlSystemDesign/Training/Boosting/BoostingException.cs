namespace MlSystemDesign.Training.Boosting;

/// <summary>A native boosting library cannot be loaded, a call into it failed, or its scores are not those of the managed scorer.</summary>
internal class BoostingException : InvalidOperationException
{
    public BoostingException()
    {
    }

    public BoostingException(string message)
        : base(message)
    {
    }

    public BoostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
