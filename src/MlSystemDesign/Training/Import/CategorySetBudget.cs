using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Makes category sets of a model file, and ends before a damaged file has made gigabytes of them: one large code costs as much as many.</summary>
internal sealed class CategorySetBudget
{
    // XGBoost itself allows codes below 2^24, the largest that a float can tell apart.
    private const int MaxCategories = 1 << 24;

    private long _wordsLeft = 1 << 24;

    internal uint[] SetOf(ReadOnlySpan<int> categories, string place)
    {
        int last = -1;
        foreach (int category in categories)
        {
            if ((uint)category >= MaxCategories)
            {
                throw XGBoostJsonMember.Fault($"The category codes of an XGBoost model must be 0 to 16777215", FormattableString.Invariant($"{category} in {place}"));
            }

            last = Math.Max(last, category);
        }

        uint[] words = new uint[(last >> 5) + 1];
        _wordsLeft -= words.Length;
        if (_wordsLeft < 0)
        {
            throw new TreeFormatException($"The category sets of an XGBoost model must fit 64 MB. Got more, in {place}. Number the categories densely from 0.");
        }

        foreach (int category in categories)
        {
            words[category >> 5] |= 1u << (category & 31);
        }

        return words;
    }
}
