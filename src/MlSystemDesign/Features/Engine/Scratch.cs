namespace MlSystemDesign.Features;

/// <summary>Memory that is used again and again, and grows as needed.</summary>
internal static class Scratch
{
    /// <summary>Returns an array with room for as many items; what it held is gone when it had none.</summary>
    internal static T[] Sized<T>(ref T[] scratch, int count)
    {
        if (scratch.Length < count)
        {
            scratch = new T[Math.Max(count, 2 * scratch.Length)];
        }

        return scratch;
    }
}
