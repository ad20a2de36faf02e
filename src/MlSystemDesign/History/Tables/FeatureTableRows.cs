using System.Data;
using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>The rows of a ready table while they are read.</summary>
internal sealed class FeatureTableRows
{
    private const string Source = "feature table";
    private readonly FeatureTableMapping _mapping;
    private readonly List<Action<IDataRecord, RowDraft>> _readers = [];
    private readonly List<TableColumnValues> _features = [];
    private readonly List<(string Name, Currency Currency, List<double> Amounts)> _money = [];
    private readonly List<long> _rowNumbers = [];
    private readonly List<EntityKey> _entities = [];
    private readonly List<long> _cutoffs = [];
    private readonly List<double> _targets = [];
    private readonly SortedSet<string> _targetTexts = new(StringComparer.Ordinal);
    private readonly SkippedRowsCounter _skipped = new();
    private readonly RowDraft _draft = new(0);
    private readonly Action[] _keep;
    private double _target;
    private string? _targetText;
    private long _rowsRead;

    public FeatureTableRows(FeatureTableMapping mapping, IDataRecord record)
    {
        _mapping = mapping;
        ReaderColumns columns = new(record, Source, mapping.MissingTexts);
        BindKeys(columns);
        BindTarget(columns);
        List<Action> keep = [];
        BindMoney(columns, keep);
        BindFeatures(columns, keep);
        _keep = [.. keep];
    }

    public void Take(IDataReader reader)
    {
        _rowsRead++;
        _draft.Clear();
        _draft.Entity = new EntityKey(_rowsRead);
        if ((reader as IRowCheck)?.RowFault is { } fault)
        {
            _draft.Fail(BadRowReason.FieldCount, null, fault);
        }
        else
        {
            _draft.Read(CollectionsMarshal.AsSpan(_readers), reader);
        }

        if (_draft.Fault is { } bad)
        {
            Skip(bad, _rowsRead);
            return;
        }

        Array.ForEach(_keep, k => k());
        _rowNumbers.Add(_rowsRead);
        _entities.Add(_draft.Entity);
        _cutoffs.Add(_draft.EventTicks);
        _targets.Add(_target);
        if (_targetText is not null)
        {
            _targetTexts.Add(_targetText);
        }
    }

    public FeatureTableIngest Complete()
    {
        int[] rows = FiniteRows();
        if (rows.Length == 0)
        {
            string came = _rowsRead == 0 ? "none" : $"{_rowsRead}, all of them bad (the first: {_skipped.ToList()[0].Reason}, {_skipped.ToList()[0].Example})";
            throw new DataFormatException($"A feature table must have rows. Got {came}. Check the file or query and the mapping.");
        }

        if (_mapping.TargetColumn is (var column, { } positive) && !_targetTexts.Any(t => IsPositive(t, positive)))
        {
            throw new DataFormatException(
                $"The positive class must occur. Got no '{positive}' in column '{column}'. Use one of: {string.Join(", ", _targetTexts.Take(10))}.", column: column);
        }

        EntityKey[] entities = Pick(_entities, rows);
        FeatureTableBuilder table = new(_mapping.CutoffColumn is null
            ? ObservationSet.WithoutTime(entities)
            : ObservationSet.Of(entities, Pick(_cutoffs, rows)));
        foreach (TableColumnValues feature in _features)
        {
            feature.AddTo(table, rows);
        }

        Dictionary<string, MoneyColumn> money = _money.ToDictionary(m => m.Name, m => new MoneyColumn(Pick(m.Amounts, rows), m.Currency), StringComparer.Ordinal);
        return new FeatureTableIngest
        {
            Features = table.Build(),
            Targets = _mapping.TargetColumn is null ? default : Pick(_targets, rows),
            Money = money,
            Costs = _mapping.CostColumns is var (fp, fn, tp, tn) ? new CostMatrix(money[fp], money[fn], money[tp], money[tn]) : null,
            RowsRead = _rowsRead,
            Skipped = _skipped.ToList(),
        };
    }

    /// <summary>Only when all rows are there is it known which undeclared columns are numbers, and so which infinities are faults.</summary>
    private int[] FiniteRows()
    {
        List<int> rows = [];
        for (int i = 0; i < _rowNumbers.Count; i++)
        {
            TableColumnValues? infinite = _features.Find(f => f.IsInfinite(i));
            if (infinite is null)
            {
                rows.Add(i);
            }
            else
            {
                Skip(new RowFault(BadRowReason.NumberInfinite, infinite.Column.Column, "infinity"), _rowNumbers[i]);
            }
        }

        return [.. rows];
    }

    private void Skip(RowFault fault, long row)
    {
        if (_mapping.BadRows == BadRows.Fail)
        {
            throw fault.ToException(Source, row);
        }

        _skipped.Add(fault, row);
    }

    private void BindKeys(ReaderColumns columns)
    {
        if (_mapping.EntityColumns is { } key)
        {
            Func<IDataRecord, RowDraft, EntityKey> read = key.Bind(columns, BadRowReason.EntityMissing);
            _readers.Add((record, draft) => draft.Entity = read(record, draft));
        }

        if (_mapping.CutoffColumn is { } cutoff)
        {
            ReaderField field = columns[cutoff.Column];
            _readers.Add((record, draft) => draft.EventTicks = field.Time(record, cutoff, _mapping.Zone, draft));
        }
    }

    private void BindTarget(ReaderColumns columns)
    {
        if (_mapping.TargetColumn is not var (column, positive))
        {
            return;
        }

        ReaderField field = columns[column];
        _readers.Add((record, draft) =>
        {
            _targetText = field.Text(record, draft);
            _target = positive is null ? field.Number(record, draft) : IsPositive(_targetText, positive) ? 1 : 0;
            if (_targetText is null || double.IsNaN(_target))
            {
                draft.Fail(BadRowReason.TargetMissing, column, "nothing");
            }
        });
    }

    private void BindMoney(ReaderColumns columns, List<Action> keep)
    {
        foreach ((string column, Currency currency) in _mapping.MoneyColumns)
        {
            ReaderField field = columns[column];
            List<double> amounts = [];
            double amount = double.NaN;
            _money.Add((column, currency, amounts));
            bool isCost = _mapping.CostColumns is var (fp, fn, tp, tn) && (column == fp || column == fn || column == tp || column == tn);
            _readers.Add((record, draft) =>
            {
                amount = field.Number(record, draft);
                if (isCost && !double.IsFinite(amount))
                {
                    draft.Fail(BadRowReason.CostMissing, column, double.IsNaN(amount) ? "nothing" : "infinity");
                }
            });
            keep.Add(() => amounts.Add(amount));
        }
    }

    private void BindFeatures(ReaderColumns columns, List<Action> keep)
    {
        List<TableColumn> wanted = [.. _mapping.Columns];
        if (_mapping.InfersOthers)
        {
            HashSet<string> taken = [.. _mapping.LeftOut, .. wanted.Select(c => c.Column), .. _mapping.MoneyColumns.Select(m => m.Column)];
            taken.UnionWith(_mapping.EntityColumns?.Columns.Select(c => c.Column) ?? []);
            taken.UnionWith(new[] { _mapping.CutoffColumn?.Column, _mapping.TargetColumn?.Column }.OfType<string>());
            foreach (string unknown in _mapping.LeftOut)
            {
                _ = columns[unknown]; // a column to leave out that is not there is a slip of the pen
            }

            wanted.AddRange(columns.Names.Where(n => !taken.Contains(n)).Select(n => new TableColumn(n, n, null, null)));
        }

        foreach (TableColumn column in wanted)
        {
            TableColumnValues values = new(column, columns[column.Column]);
            _features.Add(values);
            _readers.Add(values.Read);
            keep.Add(values.Keep);
        }
    }

    private static bool IsPositive(string? text, string positive) =>
        string.Equals(text, positive, StringComparison.Ordinal)
        || (text is not null && ReaderField.TryParseNumber(text, out double value) && ReaderField.TryParseNumber(positive, out double wanted) && value == wanted);

    private static T[] Pick<T>(List<T> values, int[] rows) => [.. rows.Select(r => values[r])];
}
