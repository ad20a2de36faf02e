using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Rows over a history that can be read in columns: a group is an entity, whose facts are read where they lie.</summary>
internal sealed class ColumnarRows : RowSource
{
    private const int Ahead = 3; // entities whose facts are on their way while one is computed
    private readonly IColumnarHistory _history;
    private readonly HistorySchema _schema;
    private readonly BoundPlan _plan;
    private readonly ObservationSet _observations;
    private readonly RowGroups _groups;
    private readonly FeatureOutput _output;

    internal ColumnarRows(IColumnarHistory history, BoundPlan plan, ObservationSet observations, FeatureOutput output)
    {
        _history = history;
        _schema = history.Schema;
        _plan = plan;
        _observations = observations;
        _output = output;
        int[] ids = new int[observations.Count];
        history.FindEntities(observations.Entities, ids);
        _groups = RowGroups.Of(ids, history.EntityIds);
        for (int f = 0; f < plan.Categories.Length; f++)
        {
            output.Categories[f].UseLevels(history.Levels(plan.Categories[f].Source)[plan.Categories[f].SourceColumn]!);
        }
    }

    internal override int Count => _groups.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Compute(int first, int until, RowScan scan)
    {
        ReadOnlySpan<long> cutoffs = _observations.CutoffTicks;
        RowBlock block = scan.Block;
        for (int group = first; group < until; group++)
        {
            int start = _groups.Start(group), end = _groups.Start(group + 1), entity = _groups.Ids[_groups.RowAt(start)];
            if (group + Ahead < until)
            {
                scan.Expect(_history, _groups.Ids[_groups.RowAt(_groups.Start(group + Ahead))]);
            }

            if (block.HasLittleRoomFor(end - start))
            {
                Write(scan);
            }

            scan.Load(_history, entity);
            for (int place = start; place < end;)
            {
                int from = block.Count;
                if (_groups.AreTogether && !_plan.NeedsKnownEntities)
                {
                    place += block.Add(place, cutoffs[place..end]);
                }

                for (; place < end && !block.IsFull; place++)
                {
                    int row = _groups.RowAt(place);
                    block.Add(row, cutoffs[row], _plan.NeedsKnownEntities && EntityVisibility.AnyVisible(_history, _schema, entity, cutoffs[row]));
                }

                scan.Compute(from);
                if (block.IsFull)
                {
                    Write(scan);
                }
            }
        }

        Write(scan);
        return _groups.Start(until) - _groups.Start(first);
    }

    private void Write(RowScan scan)
    {
        scan.Finish();
        _output.WriteNumbers(scan.Block);
        _output.WriteCodes(scan.Block);
        scan.Block.Clear();
    }
}
