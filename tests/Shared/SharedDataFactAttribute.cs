namespace MlSystemDesign.Tests;

/// <summary>A test that reads files of ../shared/data; it is skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        string[] missing = [.. files.Where(f => !SharedData.Has(f))];
        if (missing.Length > 0)
        {
            Skip = $"needs {string.Join(", ", missing)} in ../shared/data beside the repository";
        }
    }
}
