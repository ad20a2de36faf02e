namespace MlSystemDesign.Features;

/// <summary>Keys by the bytes that they were read from, so that a key seen before costs no allocation.</summary>
/// <param name="capacity">How many keys it remembers at most; then it starts again.</param>
internal sealed class JournalKeys(int capacity)
{
    private readonly Dictionary<byte[], EntityKey> _keys = new(BytesComparer.Instance);
    private char[] _text = new char[64];

    internal EntityKey Read(scoped ref JournalBody body)
    {
        if (body.Rest[0] == (byte)EntityKeyKind.Integer)
        {
            return body.ReadKey(ref _text);
        }

        ReadOnlySpan<byte> bytes = body.SkipKey();
        Dictionary<byte[], EntityKey>.AlternateLookup<ReadOnlySpan<byte>> keys = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!keys.TryGetValue(bytes, out EntityKey key))
        {
            if (_keys.Count >= capacity)
            {
                _keys.Clear();
            }

            key = new JournalBody(bytes).ReadKey(ref _text);
            keys[bytes] = key;
        }

        return key;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static readonly BytesComparer Instance = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());
    }
}
