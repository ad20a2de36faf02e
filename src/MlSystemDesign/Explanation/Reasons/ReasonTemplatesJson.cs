using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Explanation;

/// <summary>Templates as they stand in a file and in an artifact; what is absent has its default. Words that came later are left out where there are none, so that a system saved without them
/// keeps its hash.</summary>
internal sealed record ReasonTemplatesDto(
    string Raises,
    string Lowers,
    string Missing,
    string? Is = null,
    string? Outcome = null,
    string? Prediction = null,
    string? Move = null,
    string? AtStake = null,
    string? Cut = null,
    string? Up = null,
    string? Down = null,
    string? Unchanged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Times = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LessThan = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unseen = null,
    string? PerDay = null,
    string? DecimalSeparator = null,
    string? GroupSeparator = null,
    WindowWords? Windows = null,
    IReadOnlyDictionary<string, UnitWords>? Units = null,
    IReadOnlyDictionary<string, ColumnWordsDto>? Columns = null,
    IReadOnlyDictionary<string, string>? Features = null,
    IReadOnlyDictionary<string, AggregateWordsDto>? Aggregates = null)
{
    internal static ReasonTemplatesDto Of(ReasonTemplates t) => new(
        t.Raises, t.Lowers, t.Missing, t.Is, t.Outcome, t.Prediction, t.Move, t.AtStake, t.Cut, t.Up, t.Down, t.Unchanged, t.Times, t.LessThan, t.Unseen, t.PerDay, t.DecimalSeparator, t.GroupSeparator, t.Windows,
        Sorted(t.Units, u => u), Sorted(t.Columns, ColumnWordsDto.Of), Sorted(t.Features, f => f), Sorted(t.Aggregates, a => new AggregateWordsDto(a.Feature, ColumnWordsDto.Of(a.Values))));

    internal ReasonTemplates ToTemplates()
    {
        ReasonTemplates bare = new() { Raises = Raises, Lowers = Lowers, Missing = Missing };
        return bare with
        {
            Is = Is ?? bare.Is,
            Outcome = Outcome ?? bare.Outcome,
            Prediction = Prediction ?? bare.Prediction,
            Move = Move ?? bare.Move,
            AtStake = AtStake ?? bare.AtStake,
            Cut = Cut ?? bare.Cut,
            Up = Up ?? bare.Up,
            Down = Down ?? bare.Down,
            Unchanged = Unchanged ?? bare.Unchanged,
            Times = Times,
            LessThan = LessThan,
            Unseen = Unseen,
            PerDay = PerDay ?? bare.PerDay,
            DecimalSeparator = DecimalSeparator ?? bare.DecimalSeparator,
            GroupSeparator = GroupSeparator ?? bare.GroupSeparator,
            Windows = Windows ?? bare.Windows,
            Units = Read(Units, u => u),
            Columns = Read(Columns, c => c.ToWords()),
            Features = Read(Features, f => f),
            Aggregates = Read(Aggregates, a => new AggregateWords(a.Feature, a.Values.ToWords())),
        };
    }

    // Equal words give equal bytes, in whatever order they were declared.
    internal static IReadOnlyDictionary<string, TTo>? Sorted<TFrom, TTo>(IReadOnlyDictionary<string, TFrom> words, Func<TFrom, TTo> write) =>
        words.Count == 0 ? null : new SortedDictionary<string, TTo>(words.ToDictionary(p => p.Key, p => write(p.Value)), StringComparer.Ordinal);

    // The serializer checks what is null in a record, not in a dictionary.
    internal static IReadOnlyDictionary<string, TTo> Read<TFrom, TTo>(IReadOnlyDictionary<string, TFrom>? words, Func<TFrom, TTo> read) =>
        (words ?? new Dictionary<string, TFrom>()).ToDictionary(p => p.Key, p => p.Value is { } value ? read(value) : throw new JsonException($"'{p.Key}' is null"), StringComparer.Ordinal);
}

internal sealed record ColumnWordsDto(
    string Is, string? Missing = null, string? Zero = null, string? One = null, string? Small = null, double? SmallBelow = null, string? Negative = null, IReadOnlyDictionary<string, string>? Levels = null)
{
    internal static ColumnWordsDto Of(ColumnWords w) =>
        new(w.Is, w.Missing, w.Zero, w.One, w.Small, w.Small is null ? null : w.SmallBelow, w.Negative, ReasonTemplatesDto.Sorted(w.Levels, l => l));

    internal ColumnWords ToWords() => new()
    {
        Is = Is,
        Missing = Missing,
        Zero = Zero,
        One = One,
        Small = Small,
        SmallBelow = SmallBelow ?? 1,
        Negative = Negative,
        Levels = ReasonTemplatesDto.Read(Levels, l => l),
    };
}

internal sealed record AggregateWordsDto(string Feature, ColumnWordsDto Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ReasonTemplatesDto))]
internal sealed partial class ReasonTemplatesJson : JsonSerializerContext;
