using MlSystemDesign.Monitoring;

namespace MlSystemDesign.Tests.Monitoring;

/// <summary>How often a monitor reports a change: rarely when nothing changed, nearly always when something did. Fixed seeds.
/// Over 3000 runs at a nominal 5 %: Benjamini-Hochberg 3.0 %, Benjamini-Yekutieli 0.8 %.</summary>
public sealed class DriftRatesTests
{
    private const int Runs = 300;

    [Fact]
    public async Task Compare_WhenNothingChanged_ReportsAnyChangeAtMostAtTheNominalRate()
    {
        DriftMonitor hochberg = new(new DriftMonitorOptions { FalseDiscoveryRate = 0.05, Correction = FalseDiscoveryControl.BenjaminiHochberg });
        DriftMonitor yekutieli = new(new DriftMonitorOptions { FalseDiscoveryRate = 0.05 });
        int hochbergAlarms = 0, yekutieliAlarms = 0;
        for (int run = 0; run < Runs; run++)
        {
            IDriftReference reference = hochberg.Summarize(Draw(run * 2, 400));
            DriftContext context = new() { Reference = reference, Current = Draw((run * 2) + 1, 100) };
            hochbergAlarms += AnyChange(await hochberg.CompareAsync(context));
            yekutieliAlarms += AnyChange(await yekutieli.CompareAsync(context));
        }

        // 5 % of 300 is 15; three standard deviations of a binomial more is 26.
        hochbergAlarms.Should().BeLessThanOrEqualTo(26);
        yekutieliAlarms.Should().BeLessThanOrEqualTo(hochbergAlarms);

        static int AnyChange(DriftReport report) => report.Columns.Any(c => c.Verdict is DriftVerdict.Material or DriftVerdict.ChangedButImmaterial) ? 1 : 0;
    }

    [Fact]
    public async Task Compare_WhenOneColumnOfManyChanged_FindsItAndOnlyIt()
    {
        DriftMonitor monitor = new();
        int found = 0, others = 0;
        for (int run = 0; run < 60; run++)
        {
            DriftReport report = await monitor.CompareAsync(new DriftContext { Reference = monitor.Summarize(Draw(run * 2, 1000)), Current = Draw((run * 2) + 1, 200, shift: 0.6) });
            found += report.Columns.Any(c => c is { Column: "x0", Verdict: DriftVerdict.Material }) ? 1 : 0;
            others += report.Columns.Count(c => c.Column != "x0" && c.Verdict == DriftVerdict.Material);
        }

        found.Should().BeGreaterThanOrEqualTo(57); // a shift of 0.6 sd; independently simulated power is above 0.99
        others.Should().BeLessThanOrEqualTo(3);
    }

    private static FeatureTable Draw(int seed, int n, double shift = 0)
    {
        Random random = new(seed);
        FeatureTableBuilder builder = new(Enumerable.Range(0, n).Select(i => new EntityKey((long)i)));
        for (int c = 0; c < 8; c++)
        {
            double[] values = DriftMonitorTests.Normal(random.Next(), n);
            for (int i = 0; i < n; i++)
            {
                values[i] = (c % 4) switch
                {
                    0 => values[i] + (c == 0 ? shift : 0),
                    1 => Math.Max(0, Math.Floor(values[i] * 2)), // half zeros, few counts
                    2 => values[i] > 1.6 ? 1 : 0, // a rare flag
                    _ => random.Next(20) == 0 ? double.NaN : Math.Exp(values[i]), // a skewed amount, 5 % missing
                };
            }

            builder.Number($"x{c}", values);
        }

        for (int c = 0; c < 4; c++)
        {
            builder.Category($"c{c}", [.. Enumerable.Range(0, n).Select(_ => random.Next(30) == 0 ? null : $"level {(int)(Math.Pow(random.NextDouble(), 3) * 40)}")]);
        }

        return builder.Build();
    }
}
