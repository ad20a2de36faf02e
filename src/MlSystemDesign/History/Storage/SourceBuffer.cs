namespace MlSystemDesign.History;

/// <summary>Rows of one source that come one by one, in chunks: growing copies nothing, and a chunk's columns can be let go one by one.</summary>
/// <param name="columns">What the rows have.</param>
/// <param name="spill">Takes the batches that are full, which are then not kept here; <see langword="null"/> to keep them.</param>
internal sealed class SourceBuffer(SourceColumns columns, Action<FactBatch>? spill = null)
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
        Take(batch);
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
            Take(_chunk.ToBatch());
            _chunk = null;
        }
    }

    private void Take(FactBatch batch)
    {
        if (spill is null)
        {
            _full.Add(batch);
        }
        else
        {
            spill(batch);
        }
    }
}
