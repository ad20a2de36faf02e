using System.Text.Json.Serialization;

namespace MlSystemDesign.Lifecycle;

internal sealed record ArtifactManifest(string Format, int Version, string Hash, IReadOnlyList<ArtifactManifestPart> Parts);

internal sealed record ArtifactManifestPart(string Path, string Kind, int Version, long Length, string Sha256);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArtifactManifest))]
internal sealed partial class ArtifactJson : JsonSerializerContext;
