namespace MlSystemDesign.Decisions;

/// <summary>A binary heap of rows: largest gain first, ties by the smaller row, so that what comes out depends on the content only.</summary>
internal sealed class RowHeap
{
    private (long Gain, int Row)[] _items;

    /// <summary>Creates a heap. O(n).</summary>
    internal RowHeap((long Gain, int Row)[] items)
    {
        _items = items;
        Count = items.Length;
        for (int i = (Count / 2) - 1; i >= 0; i--)
        {
            Sink(i);
        }
    }

    internal int Count { get; private set; }

    internal (long Gain, int Row) Top => _items[0];

    internal void Push(long gain, int row)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(16, Count * 2));
        }

        int at = Count++;
        while (at > 0 && Before((gain, row), _items[(at - 1) / 2]))
        {
            _items[at] = _items[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _items[at] = (gain, row);
    }

    internal void Pop()
    {
        _items[0] = _items[--Count];
        Sink(0);
    }

    private static bool Before((long Gain, int Row) a, (long Gain, int Row) b) => a.Gain > b.Gain || (a.Gain == b.Gain && a.Row < b.Row);

    private void Sink(int at)
    {
        if (at >= Count)
        {
            return;
        }

        (long, int) item = _items[at];
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Before(_items[child + 1], _items[child]))
            {
                child++;
            }

            if (!Before(_items[child], item))
            {
                break;
            }

            _items[at] = _items[child];
            at = child;
        }

        _items[at] = item;
    }
}
