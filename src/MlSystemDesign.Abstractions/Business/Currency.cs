namespace MlSystemDesign;

/// <summary>A currency by its ISO 4217 code.</summary>
/// <remarks>The number of minor digits comes from the standard for the usual currencies; others are stated.</remarks>
public readonly record struct Currency
{
    private readonly string? _code;
    private readonly byte _minorDigits;

    /// <summary>Creates a currency.</summary>
    /// <param name="code">Three capital letters A to Z, such as "EUR".</param>
    /// <param name="minorDigits">Decimal digits of the smallest unit, 0 to 4: 2 for cents, 0 for yen.</param>
    /// <exception cref="ArgumentException">The code is not three capital letters.</exception>
    public Currency(string code, int minorDigits)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException($"A currency code must be three capital letters (ISO 4217). Got '{code}'. Pass a code such as EUR.", nameof(code));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(minorDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minorDigits, 4);
        _code = code;
        _minorDigits = (byte)minorDigits;
    }

    /// <summary>Gets the euro.</summary>
    public static Currency Eur { get; } = new("EUR", 2);

    /// <summary>Gets the US dollar.</summary>
    public static Currency Usd { get; } = new("USD", 2);

    /// <summary>Gets the pound sterling.</summary>
    public static Currency Gbp { get; } = new("GBP", 2);

    /// <summary>Gets the code; "XXX" (no currency, ISO 4217) for the default value.</summary>
    public string Code => _code ?? "XXX";

    /// <summary>Gets the decimal digits of the smallest unit.</summary>
    public int MinorDigits => _minorDigits;

    /// <summary>Creates a currency from its code, with the minor digits of ISO 4217.</summary>
    /// <param name="code">Three capital letters.</param>
    public static Currency FromCode(string code) => code switch
    {
        "JPY" or "KRW" or "CLP" or "ISK" or "VND" or "XAF" or "XOF" or "XPF" or "PYG" or "UGX" or "RWF" => new Currency(code, 0),
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => new Currency(code, 3),
        _ => new Currency(code, 2),
    };

    /// <summary>Returns the code.</summary>
    public override string ToString() => Code;
}
