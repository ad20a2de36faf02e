namespace MlSystemDesign.History;

/// <summary>Rows of one source that come one by one, in chunks: growing copies nothing, and a chunk's columns can be let go one by one.</summary>
internal sealed class SourceBuffer(SourceColumns columns)
{
    private const int SmallestChunk = 64;
    private const int LargestChunk = 1 << 16;
    private readonly List<FactBatch> _full = [];
    private SourceColumns _form = columns;
    private RowChunk? _chunk;

    /// <summary>Starts a row; every column must be added next.</summary>
    public void Begin(int entity, in RowClocks clocks, EntityKey eventKey = default, bool retracted = false)
    {
        if (_chunk is null || _chunk.IsFull)
        {
            int capacity = _chunk is null ? SmallestChunk : Math.Min(2 * _chunk.Capacity, LargestChunk);
            Flush();
            _chunk = new RowChunk(_form, capacity);
        }

        _chunk.Begin(entity, clocks, eventKey, retracted);
    }

    public void AddNumber(int column, double value) => _chunk!.SetNumber(column, value);

    public void AddCode(int column, int code) => _chunk!.SetCode(column, code);

    /// <summary>Lets the rows that follow have other columns.</summary>
    public void ChangeForm(SourceColumns form)
    {
        Flush();
        _form = form;
    }

    /// <summary>Adds rows that are columns already.</summary>
    public void Add(FactBatch batch)
    {
        Flush();
        _full.Add(batch);
    }

    /// <summary>Ends the reading.</summary>
    public List<FactBatch> Release()
    {
        Flush();
        return _full;
    }

    private void Flush()
    {
        if (_chunk is not null)
        {
            _full.Add(_chunk.ToBatch());
            _chunk = null;
        }
    }
}
