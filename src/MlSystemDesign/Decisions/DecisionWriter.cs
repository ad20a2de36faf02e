using System.Globalization;

namespace MlSystemDesign.Decisions;

/// <summary>Turns an allocation into decisions with reasons, and says why the others got none.</summary>
internal sealed class DecisionWriter
{
    private readonly CandidateActions _candidates;
    private readonly AllocationProblem _problem;
    private readonly Allocation _allocation;
    private readonly BusinessCase _case;
    private readonly DecisionMoney _money;
    private readonly long[] _counts;
    private readonly decimal _spent;

    internal DecisionWriter(CandidateActions candidates, AllocationProblem problem, Allocation allocation)
    {
        (_candidates, _problem, _allocation, _case) = (candidates, problem, allocation, candidates.Context.Case);
        _money = new DecisionMoney(candidates.Context);
        _counts = new long[problem.Actions];
        foreach (int action in allocation.Action.Where(a => a >= 0))
        {
            _counts[action]++;
        }

        _spent = _counts.Select((count, k) => count * _case.Interventions[k].Cost.Amount).Sum();
    }

    internal DecisionSet Write()
    {
        List<(long Gain, Decision Decision)> decisions = [];
        double[] atStake = new double[_problem.Actions], own = new double[_problem.Actions];
        Dictionary<string, int> reasons = new(StringComparer.Ordinal);
        for (int i = 0; i < _allocation.Action.Length; i++)
        {
            int action = _allocation.Action[i];
            if (action < 0)
            {
                string reason = _candidates.Reasons[i] ?? WhatRanOut(i);
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                continue;
            }

            Array.Clear(own);
            own[action] = _candidates.ProbabilityOf(i) * _candidates.AmountOf(i);
            atStake[action] += own[action];
            decisions.Add((_problem.Gain(i, action), DecisionOf(i, action, own)));
        }

        // Candidates come by key, and the sort is stable: ties stay in the order of the keys.
        return new DecisionSet
        {
            Decisions = [.. decisions.OrderByDescending(d => d.Gain).Select(d => d.Decision)],
            Candidates = _problem.Rows,
            NoAction = [.. reasons.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new NoActionReason(r.Key, r.Value))],
            Cost = new Money(_spent, _case.Kpi.Currency),
            ExpectedValue = _money.Estimate(_allocation.Value, atStake),
            Prices = Prices(),
            OptimalityGap = _money.Of(_allocation.Bound - _allocation.Value),
        };
    }

    private Decision DecisionOf(int candidate, int action, ReadOnlySpan<double> atStake)
    {
        DecisionContext context = _candidates.Context;
        Intervention intervention = _case.Interventions[action];
        int row = _candidates.Rows[candidate];
        DateTimeOffset cutoff = new(context.Candidates.Observations.CutoffTicks[row], TimeSpan.Zero);
        Money value = Money.FromDouble(_candidates.AmountOf(candidate), _case.Kpi.Currency);
        MoneyEstimate expected = _money.Estimate(_problem.Gain(candidate, action), atStake);
        double probability = _candidates.ProbabilityOf(candidate);
        return new Decision
        {
            Entity = context.Candidates.Observations.Entities[row],
            Intervention = intervention.Name,
            NotBefore = cutoff + intervention.LeadTime,
            NotAfter = cutoff + context.LeadTime,
            Cutoff = cutoff,
            Probability = probability,
            ValueAtStake = value,
            Cost = intervention.Cost,
            ExpectedValue = expected,
            Cut = CutOf(candidate, action, probability),
            Reasons =
            [
                $"{intervention.Name} expected to bring {expected.Value} net of {intervention.Cost}",
                string.Create(CultureInfo.InvariantCulture, $"probability {probability:0.00} of the outcome"),
                $"{value} at stake",
                .. Instead(candidate, action),
            ],
        };
    }

    // What an action brings before cost grows with the probability. It keeps its place down to the share of today's probability at which it pays for itself and for the budget and capacity that
    // it takes, at their prices; no less than the policy asks for; and from where on a weaker, cheaper action for the same candidate would leave more. Capacities have prices that hold for every contact; the price of a
    // budget supposes that what is freed buys a part of a contact, so that the true cut can lie lower, never higher.
    private DecisionCut CutOf(int candidate, int action, double probability)
    {
        double cost = _problem.Costs[action], gross = _problem.Gain(candidate, action) + cost, share = (cost + Math.Max(PriceOf(action), _candidates.Minimum)) / gross;
        for (int k = 0; k < _problem.Actions; k++)
        {
            if (_problem.Gain(candidate, k) is var other and not AllocationProblem.Forbidden && gross - (other + _problem.Costs[k]) is > 0 and var more)
            {
                share = Math.Max(share, (cost + PriceOf(action) - _problem.Costs[k] - PriceOf(k)) / more);
            }
        }

        // Within the optimality gap, a chosen action may lie a little below the prices.
        share = Math.Min(share, 1);
        return new DecisionCut(_money.Of((Int128)Math.Round((gross * share) - cost)), probability * share);
    }

    private double PriceOf(int action) => (_allocation.BudgetPrice * _problem.Costs[action]) + _allocation.CapacityPrice + _allocation.ActionPrices[action];

    // A better action that this candidate did not get, because others need what is scarce more.
    private IEnumerable<string> Instead(int candidate, int action)
    {
        for (int k = 0; k < _problem.Actions; k++)
        {
            if (_problem.Gain(candidate, k) > _problem.Gain(candidate, action))
            {
                yield return $"{_case.Interventions[k].Name} would bring {_money.Of(_problem.Gain(candidate, k))}, but is worth more elsewhere";
            }
        }
    }

    private string WhatRanOut(int candidate)
    {
        if (_counts.Sum() >= _problem.Capacity)
        {
            return "capacity used up";
        }

        int best = -1;
        bool room = false;
        for (int k = 0; k < _problem.Actions; k++)
        {
            long gain = _problem.Gain(candidate, k);
            if (gain != AllocationProblem.Forbidden)
            {
                room |= _counts[k] < _problem.Capacities[k];
                best = best < 0 || gain > _problem.Gain(candidate, best) ? k : best;
            }
        }

        return room ? "budget used up" : $"capacity of {_case.Interventions[best].Name} used up";
    }

    private List<ConstraintPrice> Prices()
    {
        Currency currency = _case.Kpi.Currency;
        List<ConstraintPrice> prices = [];
        if (_case.Budget is { } budget)
        {
            prices.Add(new ConstraintPrice("budget", budget.Amount, _spent, Money.FromDouble(_allocation.BudgetPrice, currency)));
        }

        if (_case.Capacity is { } capacity)
        {
            prices.Add(new ConstraintPrice("capacity", capacity, _counts.Sum(), PerContact(_allocation.CapacityPrice)));
        }

        for (int k = 0; k < _problem.Actions; k++)
        {
            if (_case.Interventions[k].Capacity is { } own)
            {
                prices.Add(new ConstraintPrice($"capacity of {_case.Interventions[k].Name}", own, _counts[k], PerContact(_allocation.ActionPrices[k])));
            }
        }

        return prices;

        Money PerContact(double micro) => Money.FromDouble(micro / (double)CandidateActions.Micro, currency);
    }
}
