namespace ChurnRetention.Simulation;

/// <summary>The kinds of event that the business observes.</summary>
public static class EventKinds
{
    public const string Session = "session";
    public const string Ticket = "ticket";
    public const string Payment = "payment";
    public const string Cancel = "cancel";
}

/// <summary>One observed fact about one customer.</summary>
/// <param name="CustomerId">Who; the <see cref="SimulatedCustomer.Id"/>.</param>
/// <param name="Time">When it happened, UTC; known at once.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Minutes">Length of a session in minutes; null for other kinds.</param>
/// <param name="Amount">Payment in EUR; null for other kinds.</param>
public readonly record struct SimulatedEvent(string CustomerId, DateTimeOffset Time, string Kind, double? Minutes, double? Amount);
