using System.Collections.Frozen;

namespace MlSystemDesign.Lifecycle;

/// <summary>The codecs that an artifact is written and read with, by kind.</summary>
/// <remarks>Immutable. A host that brings its own part adds its codec: <c>ArtifactCodecs.Default.With(new AcmePredictorCodec())</c>.</remarks>
public sealed partial class ArtifactCodecs
{
    private readonly FrozenDictionary<string, IArtifactCodec> _byKind;

    /// <summary>Creates a set of codecs.</summary>
    /// <param name="codecs">The codecs; a later one replaces an earlier one of its kind.</param>
    /// <exception cref="ArgumentException">A codec has no kind, or a version below 1.</exception>
    public ArtifactCodecs(IEnumerable<IArtifactCodec> codecs)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        Dictionary<string, IArtifactCodec> byKind = new(StringComparer.Ordinal);
        foreach (IArtifactCodec codec in codecs)
        {
            if (string.IsNullOrWhiteSpace(codec.Kind) || codec.Version < 1)
            {
                throw new ArgumentException(
                    $"A codec must have a kind and a version of at least 1. Got '{codec.Kind}', version {codec.Version}, in {codec.GetType().Name}. Set both.", nameof(codecs));
            }

            byKind[codec.Kind] = codec;
        }

        _byKind = byKind.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gets the kinds, in ordinal order.</summary>
    public IEnumerable<string> Kinds => _byKind.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns these codecs and some more.</summary>
    /// <param name="codecs">More codecs; one of a known kind replaces it.</param>
    public ArtifactCodecs With(params IEnumerable<IArtifactCodec> codecs) => new(_byKind.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value).Concat(codecs));

    internal IArtifactCodec For(string kind) => _byKind.TryGetValue(kind, out IArtifactCodec? codec)
        ? codec
        : throw new ArtifactException(
            ArtifactFault.UnknownKind,
            $"Every part must have a codec. Got kind '{kind}', for which none is registered. Add its codec: ArtifactCodecs.Default.With(new ...), or AddArtifactCodec at registration.");
}
