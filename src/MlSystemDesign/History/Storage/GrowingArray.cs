namespace MlSystemDesign.History;

/// <summary>A column that grows while rows are read.</summary>
internal sealed class GrowingArray<T>
{
    private T[] _items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(256, Count + (Count / 2)));
        }

        _items[Count++] = item;
    }

    /// <summary>Hands the array over; places from <see cref="Count"/> on mean nothing.</summary>
    public T[] Release()
    {
        T[] items = _items;
        _items = [];
        return items;
    }
}
