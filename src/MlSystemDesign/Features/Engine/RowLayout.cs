namespace MlSystemDesign.Features;

/// <summary>Gives tasks their places in a row.</summary>
internal sealed class RowLayout
{
    /// <summary>Stands for a place whose results each row has for itself.</summary>
    internal const int EachRow = -1;

    private readonly List<int> _numbers = [];
    private readonly List<int> _codes = [];

    /// <summary>Gets, per place of a number, the family whose rows share results where their windows hold the same facts; or <see cref="EachRow"/>.</summary>
    internal IReadOnlyList<int> Numbers => _numbers;

    /// <summary>Gets the same per place of a category.</summary>
    internal IReadOnlyList<int> Codes => _codes;

    /// <summary>Gets how many families there are.</summary>
    internal int Families { get; private set; }

    /// <summary>Begins a family of windows.</summary>
    internal FamilyLayout TakeFamily() => new(this, Families++);

    /// <summary>Takes places for numbers.</summary>
    /// <returns>The first.</returns>
    internal int TakeNumbers(int count, int family = EachRow) => Take(_numbers, count, family);

    /// <summary>Takes places for categories.</summary>
    /// <returns>The first.</returns>
    internal int TakeCodes(int count, int family) => Take(_codes, count, family);

    private static int Take(List<int> places, int count, int family)
    {
        int first = places.Count;
        places.AddRange(Enumerable.Repeat(family, count));
        return first;
    }
}

/// <summary>Gives the tasks of one family of windows their places in a row.</summary>
/// <param name="Row">All places.</param>
/// <param name="Family">The position of the family among all of the plan.</param>
internal sealed record FamilyLayout(RowLayout Row, int Family);
