namespace ChurnRetention.Simulation;

/// <summary>One customer as the business knows them: attributes fixed at joining.</summary>
/// <param name="Id">Stable identifier, such as C00042.</param>
/// <param name="Joined">When the subscription began, UTC; may lie before the observed span.</param>
/// <param name="Plan">basic, plus or premium.</param>
/// <param name="Fee">Monthly fee in EUR, fixed by the plan.</param>
/// <param name="Region">north, east, south or west.</param>
/// <param name="Channel">referral, search, social or partner.</param>
public sealed record SimulatedCustomer(string Id, DateTimeOffset Joined, string Plan, decimal Fee, string Region, string Channel)
{
    /// <summary>EUR kept when this customer's cancellation is prevented: fee × margin × months.</summary>
    public decimal ValueKept => Fee * SimulatorConstants.MarginShare * SimulatorConstants.MonthsKept;
}
