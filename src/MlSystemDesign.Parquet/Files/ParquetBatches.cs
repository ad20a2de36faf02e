using System.Collections;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Files;

/// <summary>The row groups of files, one batch each, read when they are asked for.</summary>
/// <param name="inputs">The files, in order.</param>
/// <param name="mapping">Says which columns are read.</param>
internal sealed class ParquetBatches(IReadOnlyList<ParquetInput> inputs, ColumnarMapping mapping) : IEnumerable<FactColumns>
{
    public IEnumerator<FactColumns> GetEnumerator()
    {
        foreach (ParquetInput input in inputs)
        {
            using ParquetFile file = OnAPoolThread(() => ParquetFile.OpenAsync(input, CancellationToken.None).GetAwaiter().GetResult());

            // A file without row groups still has columns, and they must be those of the others.
            for (int group = file.RowGroupCount == 0 ? -1 : 0; group < file.RowGroupCount; group++)
            {
                int present = group;
                yield return OnAPoolThread(() => file.Read(present, mapping));
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The decoder is asynchronous throughout and resumes on the caller's context, where waiting for it could block for ever; a pool thread has none.</summary>
    private static T OnAPoolThread<T>(Func<T> read) => Task.Run(read).GetAwaiter().GetResult();
}
