using System.Data;

namespace MlSystemDesign.History;

/// <summary>The values of one feature column while the table is read. A column without a declared kind keeps its texts until all rows are there.</summary>
internal sealed class TableColumnValues(TableColumn column, ReaderField field)
{
    private readonly List<double> _numbers = [];
    private readonly List<string?> _texts = [];
    private bool _isNumber = column.Kind != ColumnKind.Category;
    private double _number;
    private string? _text;

    public TableColumn Column { get; } = column;

    public void Read(IDataRecord record, RowDraft draft)
    {
        if (Column.Kind == ColumnKind.Number)
        {
            _number = field.Number(record, draft);
            return;
        }

        _text = field.Text(record, draft);
    }

    public void Keep()
    {
        if (Column.Kind is null && _isNumber)
        {
            _number = double.NaN;
            _isNumber = _text is null || ReaderField.TryParseNumber(_text, out _number);
        }

        if (_isNumber)
        {
            _numbers.Add(_number);
        }

        if (Column.Kind != ColumnKind.Number)
        {
            _texts.Add(_text);
        }
    }

    public bool IsInfinite(int row) => _isNumber && double.IsInfinity(_numbers[row]);

    public void AddTo(FeatureTableBuilder table, int[] rows)
    {
        if (_isNumber)
        {
            table.Number(Column.Name, [.. rows.Select(r => _numbers[r])], Column.Unit);
        }
        else
        {
            table.Category(Column.Name, [.. rows.Select(r => _texts[r])]);
        }
    }
}
