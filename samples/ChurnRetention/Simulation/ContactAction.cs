namespace ChurnRetention.Simulation;

/// <summary>What the business can do to keep a customer.</summary>
public enum ContactAction
{
    /// <summary>A personal call: strong, dear, few hands.</summary>
    Call,

    /// <summary>A voucher by mail: weaker, cheap.</summary>
    Voucher,
}
