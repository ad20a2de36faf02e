namespace ChurnRetention.Simulation;

/// <summary>Turns one customer's hidden path into the events that the business observes.</summary>
internal static class EventGenerator
{
    /// <summary>Adds the customer's events within the observed span, oldest first.</summary>
    public static void AddEvents(List<SimulatedEvent> events, HiddenCustomer customer, int seed, int number)
    {
        int first = events.Count;
        AddSessions(events, customer, new RandomSource(seed, 0, number, StreamPurpose.Sessions));
        AddTickets(events, customer, new RandomSource(seed, 0, number, StreamPurpose.Tickets));
        AddPayments(events, customer);
        events.Sort(first, events.Count - first, ByTimeThenKind);
        if (customer.Path.Cancelled is long cancelled)
        {
            events.Add(new(customer.Profile.Id, At(cancelled), EventKinds.Cancel, null, null));
        }
    }

    private static readonly Comparer<SimulatedEvent> ByTimeThenKind = Comparer<SimulatedEvent>.Create(static (x, y) =>
    {
        int byTime = x.Time.UtcTicks.CompareTo(y.Time.UtcTicks);
        return byTime != 0 ? byTime : string.CompareOrdinal(x.Kind, y.Kind);
    });

    private static void AddSessions(List<SimulatedEvent> events, HiddenCustomer customer, RandomSource random)
    {
        foreach ((HiddenState state, long start, long end) in ObservedStays(customer))
        {
            bool engaged = state == HiddenState.Engaged;
            double rate = customer.SessionsPerDay * (engaged ? 1 : SimulatorConstants.DisengagingSessionFactor);
            double median = SimulatorConstants.MedianMinutes * (engaged ? 1 : SimulatorConstants.DisengagingMinutesFactor);
            for (long at = Next(start, end, rate, random); at < end; at = Next(at, end, rate, random))
            {
                double minutes = median * Math.Exp(SimulatorConstants.MinutesLogSd * random.NextNormal());
                events.Add(new(customer.Profile.Id, At(at), EventKinds.Session, Math.Round(minutes, 1), null));
            }
        }
    }

    private static void AddTickets(List<SimulatedEvent> events, HiddenCustomer customer, RandomSource random)
    {
        foreach ((HiddenState state, long start, long end) in ObservedStays(customer))
        {
            double rate = SimulatorConstants.TicketsPerDay
                * (state == HiddenState.Engaged ? 1 : SimulatorConstants.DisengagingTicketFactor);
            for (long at = Next(start, end, rate, random); at < end; at = Next(at, end, rate, random))
            {
                events.Add(new(customer.Profile.Id, At(at), EventKinds.Ticket, null, null));
            }
        }
    }

    // The first payment is due on joining, the others on the same day of each later month.
    private static void AddPayments(List<SimulatedEvent> events, HiddenCustomer customer)
    {
        DateTimeOffset joined = customer.Profile.Joined;
        DateTimeOffset end = At(customer.Path.End);
        double fee = (double)customer.Profile.Fee;
        for (int month = 0; joined.AddMonths(month) < end; month++)
        {
            DateTimeOffset due = joined.AddMonths(month);
            if (due >= SimulatorConstants.ObservedFrom)
            {
                events.Add(new(customer.Profile.Id, due, EventKinds.Payment, null, fee));
            }
        }
    }

    private static IEnumerable<(HiddenState State, long Start, long End)> ObservedStays(HiddenCustomer customer)
    {
        long observed = SimulatorConstants.ObservedFrom.UtcTicks;
        foreach ((HiddenState state, long start, long end) in customer.Path.Stays())
        {
            if (end > observed)
            {
                yield return (state, Math.Max(start, observed), end);
            }
        }
    }

    // The next event of a Poisson process, at least a tick later; end when it falls beyond.
    private static long Next(long at, long end, double rate, RandomSource random)
    {
        double ticks = 1 + (random.NextExponential(rate) * TimeSpan.TicksPerDay);
        return ticks >= end - at ? end : at + (long)ticks;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
