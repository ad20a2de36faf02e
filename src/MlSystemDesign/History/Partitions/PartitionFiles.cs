namespace MlSystemDesign.History;

/// <summary>The files of a partitioned history: the rows, and an index that appears when they are complete.</summary>
internal static class PartitionFiles
{
    /// <summary>To be raised when the files are written otherwise.</summary>
    public const int Format = 2;

    public static string Rows(string folder) => Path.Combine(folder, "history.rows");

    public static string Index(string folder) => Path.Combine(folder, "history.index");

    /// <summary>Where the rows of each event key are; only while the rows are written.</summary>
    public static string Keys(string folder) => Path.Combine(folder, "history.keys");

    /// <summary>The rows that several partitions need; only while the rows are written.</summary>
    public static string Strays(string folder) => Path.Combine(folder, "history.strays");

    /// <summary>Removes what is there; the index first, so that it never tells of rows that are gone.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(Index(folder));
            foreach (string half in Directory.GetFiles(folder, "history.index.tmp-*"))
            {
                File.Delete(half);
            }

            File.Delete(Rows(folder));
            File.Delete(Keys(folder));
            File.Delete(Strays(folder));
        }
    }
}
