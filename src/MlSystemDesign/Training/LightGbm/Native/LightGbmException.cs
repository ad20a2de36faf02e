using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.LightGbm.Native;

/// <summary>A call into the LightGBM library failed, or the library cannot be loaded.</summary>
internal sealed class LightGbmException : BoostingException
{
    public LightGbmException()
    {
    }

    public LightGbmException(string message)
        : base(message)
    {
    }

    public LightGbmException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
