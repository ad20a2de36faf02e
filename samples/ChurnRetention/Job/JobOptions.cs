using System.Globalization;

namespace ChurnRetention.Job;

/// <summary>What the command line says. Without arguments the embedded simulator runs with seed 1.</summary>
internal sealed record JobOptions
{
    public const string Usage = """
        Who to contact, with what, when, at what cost, and the money it is expected to keep.

          dotnet run -c Release --project samples/ChurnRetention [-- OPTIONS]

        Without --events a simulated subscription business is used, whose true values are known.
          --seed N            seed of the simulator and of the system (1)
          --seeds N           repeat over seeds 1..N and print how honest the estimates are
          --output DIR        where the decision file, the artifact, the report and the ledger go (out/churn)

        With --events the label is "no purchase within the horizon", read from any CSV file, plain or gzip.
          --events FILE       the file
          --entity COL        the column that names the customer
          --time COL          the column with the time of the event
          --amount COL        what the event brought; COL*COL multiplies two columns. Optional
          --currency CODE     its currency (EUR)
          --zone ID           the time zone of times that state none (UTC)
          --horizon DAYS      silence of this length is churn (90)
          --lead DAYS         time to act before the label window starts (7)
          --active DAYS       only customers who bought within this time before the cutoff (90)
          --margin SHARE      share of the yearly amount that a kept customer is worth (0.30)
          --cost AMOUNT       cost of one contact (1.00)
          --effect SHARE      share of the losses that a contact prevents: an assumption, until an experiment measures it (0.10)
          --effect-error SE   its standard error (0.03)
          --budget AMOUNT     what one run may spend (500)
        """;

    public string? Events { get; init; }

    public string Entity { get; init; } = string.Empty;

    public string Time { get; init; } = string.Empty;

    public string? Amount { get; init; }

    public string Currency { get; init; } = "EUR";

    public string Zone { get; init; } = "UTC";

    public double HorizonDays { get; init; } = 90;

    public double LeadDays { get; init; } = 7;

    public double ActiveDays { get; init; } = 90;

    public double Margin { get; init; } = 0.30;

    public decimal Cost { get; init; } = 1.00m;

    public double Effect { get; init; } = 0.10;

    public double EffectError { get; init; } = 0.03;

    public decimal Budget { get; init; } = 500m;

    public int Seed { get; init; } = 1;

    public int Seeds { get; init; }

    public string Output { get; init; } = Path.Combine("out", "churn");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has an unreadable one.</exception>
    public static JobOptions Parse(IReadOnlyList<string> arguments)
    {
        JobOptions options = new();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string name = arguments[i];
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"An option must have a value. Got '{name}' at the end. Add its value, or see --help.");
            options = name switch
            {
                "--events" => options with { Events = value },
                "--entity" => options with { Entity = value },
                "--time" => options with { Time = value },
                "--amount" => options with { Amount = value },
                "--currency" => options with { Currency = value },
                "--zone" => options with { Zone = value },
                "--horizon" => options with { HorizonDays = Number(name, value, 0.01, 36_500) },
                "--lead" => options with { LeadDays = Number(name, value, 0, 36_500) },
                "--active" => options with { ActiveDays = Number(name, value, 0.01, 36_500) },
                "--margin" => options with { Margin = Number(name, value, 0.0001, 1e6) },
                "--cost" => options with { Cost = (decimal)Number(name, value, 0, 1e12) },
                "--effect" => options with { Effect = Number(name, value, -1, 1) },
                "--effect-error" => options with { EffectError = Number(name, value, 0, 1) },
                "--budget" => options with { Budget = (decimal)Number(name, value, 0, 1e12) },
                "--seed" => options with { Seed = Whole(name, value) },
                "--seeds" => options with { Seeds = Whole(name, value) },
                "--output" => options with { Output = value },
                _ => throw new FormatException($"An option must be one that --help lists. Got '{name}'. Correct it."),
            };
        }

        return options.Checked(arguments);
    }

    private JobOptions Checked(IReadOnlyList<string> arguments)
    {
        if (Events is null)
        {
            string? needsFile = arguments.Where((_, i) => i % 2 == 0).FirstOrDefault(name => name is not ("--seed" or "--seeds" or "--output"));
            return needsFile is null ? this : throw new FormatException($"{needsFile} must come with a file. Got no --events. Add --events FILE, or leave it out to run the simulator.");
        }

        if (Entity.Length == 0 || Time.Length == 0)
        {
            throw new FormatException("A file of events must come with its entity and time columns. Got --events alone. Add --entity COL --time COL.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            throw new FormatException($"The time zone must be one that this system knows. Got '{Zone}'. Use an id such as Europe/Amsterdam or UTC.");
        }

        return this;
    }

    private static double Number(string name, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The value of {name} must be a number with a decimal point, in [{least}, {most}]. Got '{value}'. Correct it."));

    private static int Whole(string name, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"The value of {name} must be a whole number, not negative. Got '{value}'. Correct it.");
}
