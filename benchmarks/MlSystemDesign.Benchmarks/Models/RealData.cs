namespace MlSystemDesign.Benchmarks.Models;

/// <summary>A real data set, and the models that are held against a reference on it.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="File">Its file, in the folder of data.</param>
/// <param name="MostSeeds">The most seeds that it is worth training with.</param>
/// <param name="ReadAsync">Reads the file at a path.</param>
/// <param name="Bars">The models, in order.</param>
internal sealed record RealData(string Name, string File, int MostSeeds, Func<string, Task<ModelRows>> ReadAsync, IReadOnlyList<ModelBar> Bars);
