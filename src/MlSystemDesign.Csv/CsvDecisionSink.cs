using System.Globalization;
using System.Text;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Csv;

/// <summary>Writes decisions to a CSV file, one row per decision, in their order.</summary>
/// <remarks>
/// <para>Columns: entity, intervention, not_before, not_after (UTC), probability, value_at_stake, cost, expected_value, lower, upper (rounded to the minor unit), currency,
/// reasons (joined by <c> | </c>). UTF-8, comma, CRLF, RFC 4180; the same bytes in every culture.</para>
/// <para>Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers that this class formats itself do not.</para>
/// <para>The file appears whole or not at all: it is written under a temporary name beside the target and renamed. An older file is replaced.</para>
/// </remarks>
public sealed class CsvDecisionSink : IDecisionSink
{
    private const string Header = "entity,intervention,not_before,not_after,probability,value_at_stake,cost,expected_value,lower,upper,currency,reasons\r\n";
    private readonly string _path;
    private readonly Encoding _encoding;

    /// <summary>Creates a sink.</summary>
    /// <param name="path">The file to write; its folder is created if need be.</param>
    /// <param name="byteOrderMark">Whether to start with a byte order mark, by which some spreadsheets recognise UTF-8.</param>
    public CsvDecisionSink(string path, bool byteOrderMark = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _encoding = new UTF8Encoding(byteOrderMark);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The amounts of a decision are in several currencies.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public async ValueTask DeliverAsync(DecisionSet decisions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        await AtomicFile.WriteAsync(_path, (stream, token) => WriteAsync(stream, decisions, token), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(Stream stream, DecisionSet decisions, CancellationToken cancellationToken)
    {
        StreamWriter writer = new(stream, _encoding, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(Header.AsMemory(), cancellationToken).ConfigureAwait(false);
            foreach (Decision decision in decisions.Decisions)
            {
                await writer.WriteAsync(Row(decision).AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Row(Decision decision)
    {
        Currency currency = decision.Cost.Currency;
        string[] cells =
        [
            decision.Entity.Kind == EntityKeyKind.Integer ? decision.Entity.ToString() : SpreadsheetText.Field(decision.Entity.ToString()),
            SpreadsheetText.Field(decision.Intervention),
            Instant(decision.NotBefore),
            Instant(decision.NotAfter),
            decision.Probability.ToString("R", CultureInfo.InvariantCulture),
            Amount(decision.ValueAtStake, currency, decision),
            Amount(decision.Cost, currency, decision),
            Amount(decision.ExpectedValue.Value, currency, decision),
            Amount(decision.ExpectedValue.Lower, currency, decision),
            Amount(decision.ExpectedValue.Upper, currency, decision),
            currency.Code,
            SpreadsheetText.Field(string.Join(" | ", decision.Reasons)),
        ];
        return string.Join(',', cells) + "\r\n";
    }

    private static string Amount(Money money, Currency currency, Decision decision) => money.Currency == currency
        ? money.Rounded().Amount.ToString("F" + currency.MinorDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : throw new ArgumentException($"The amounts of a decision must be in one currency. Got {money.Currency} beside {currency} for entity '{decision.Entity}'. Convert with a stated rate first.");

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
