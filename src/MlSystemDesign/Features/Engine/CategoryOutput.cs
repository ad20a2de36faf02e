using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>A category column under construction: codes into the texts of the history, in whichever order it has them.</summary>
internal sealed class CategoryOutput(int rows)
{
    private readonly int[] _codes = LargeArray.Uninitialized<int>(rows); // every row is written
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    internal void Write(int row, int code) => _codes[row] = code;

    /// <summary>Takes the dictionary that the codes of every row refer to.</summary>
    internal void UseLevels(IReadOnlyList<string> levels)
    {
        _texts.Clear();
        _texts.AddRange(levels);
    }

    /// <summary>Translates a code where rows bring dictionaries of their own.</summary>
    internal int CodeOf(string text)
    {
        lock (_lock)
        {
            if (!_codeOf.TryGetValue(text, out int code))
            {
                code = _texts.Count;
                _codeOf.Add(text, code);
                _texts.Add(text);
            }

            return code;
        }
    }

    /// <summary>Ends the writing. The levels are the texts of these rows, in ordinal order: no other row, nor the history's dictionary, moves a code.</summary>
    internal (int[] Codes, string[] Levels) Complete()
    {
        bool[] used = new bool[_texts.Count];
        foreach (int code in _codes)
        {
            if (code >= 0)
            {
                used[code] = true;
            }
        }

        string[] levels = [.. _texts.Where((_, code) => used[code]).Order(StringComparer.Ordinal)];
        int[] newCode = [.. _texts.Select(text => Array.BinarySearch(levels, text, StringComparer.Ordinal))];
        for (int row = 0; row < _codes.Length; row++)
        {
            _codes[row] = _codes[row] < 0 ? -1 : newCode[_codes[row]];
        }

        return (_codes, levels);
    }
}
