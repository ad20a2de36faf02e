using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.XGBoost.Native;

/// <summary>A call into the XGBoost library failed, or the library cannot be loaded.</summary>
internal sealed class XGBoostException : BoostingException
{
    public XGBoostException()
    {
    }

    public XGBoostException(string message)
        : base(message)
    {
    }

    public XGBoostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
