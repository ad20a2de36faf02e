namespace MlSystemDesign.History;

/// <summary>Gives texts provisional codes while rows are read.</summary>
internal sealed class LevelInterner
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    /// <summary>Gets the texts in the order of their provisional codes.</summary>
    public IEnumerable<string> Texts => _codes.OrderBy(c => c.Value).Select(c => c.Key);

    public int CodeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return -1;
        }

        if (!_codes.TryGetValue(text, out int code))
        {
            code = _codes.Count;
            _codes.Add(text, code);
        }

        return code;
    }

    /// <summary>Joins the texts with those of the past, in ordinal order.</summary>
    /// <param name="past">The texts so far, in ordinal order.</param>
    /// <param name="newCodeOfPast">The code of each text of the past; <see langword="null"/> when they keep theirs.</param>
    /// <param name="newCodeOfRead">The code of each provisional code.</param>
    public string[] Join(string[] past, out int[]? newCodeOfPast, out int[] newCodeOfRead)
    {
        string[] added = [.. _codes.Keys.Where(t => Array.BinarySearch(past, t, StringComparer.Ordinal) < 0)];
        string[] joined = past;
        newCodeOfPast = null;
        if (added.Length > 0)
        {
            joined = [.. past, .. added];
            Array.Sort(joined, StringComparer.Ordinal);
            bool keepPlace = joined.AsSpan(0, past.Length).SequenceEqual(past);
            newCodeOfPast = keepPlace ? null : [.. past.Select(t => Array.BinarySearch(joined, t, StringComparer.Ordinal))];
        }

        newCodeOfRead = new int[_codes.Count];
        foreach ((string text, int code) in _codes)
        {
            newCodeOfRead[code] = Array.BinarySearch(joined, text, StringComparer.Ordinal);
        }

        return joined;
    }
}
