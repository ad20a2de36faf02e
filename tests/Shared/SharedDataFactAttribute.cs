namespace MlSystemDesign.Tests;

/// <summary>A test that reads files of ../shared/data; it is skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files) => Skip = SharedData.Missing(files);
}
