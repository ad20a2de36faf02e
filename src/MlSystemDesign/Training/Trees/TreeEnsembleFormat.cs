using System.Buffers.Binary;

namespace MlSystemDesign.Training.Trees;

/// <summary>The binary form of a <see cref="TreeEnsemble"/>: compact, versioned, little endian, the same bits back.</summary>
/// <remarks>
/// Layout: "MSDTREES", version (u16), features, sigmoid (f64), kind of cover (u8; since version 2, counts before), trees; per tree its
/// leaves, then per node kind (u8), feature, left and right child, cover, and a threshold (f64) or a category set (words, each u32); per
/// leaf value (f64) and cover. A cover is an integer (counts), a f64 (hessians) or not there (none). Integers without a width are 7 bits
/// to a byte, low ones first; a child is doubled, plus one for a leaf. What is read passes the same checks as a new ensemble.
/// </remarks>
internal static class TreeEnsembleFormat
{
    internal const ushort Version = 2;
    private const int SmallestLeaf = sizeof(double);

    private static ReadOnlySpan<byte> Magic => "MSDTREES"u8;

    public static byte[] Write(TreeEnsemble ensemble)
    {
        List<byte> bytes = [.. Magic];
        Span<byte> version = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(version, Version);
        bytes.AddRange(version);
        WriteInteger(bytes, (uint)ensemble.FeatureCount);
        WriteDouble(bytes, ensemble.Sigmoid);
        bytes.Add((byte)ensemble.Cover);
        WriteInteger(bytes, (uint)ensemble.Trees.Count);
        foreach (Tree tree in ensemble.Trees)
        {
            WriteTree(bytes, tree, ensemble.Cover);
        }

        return [.. bytes];
    }

    /// <exception cref="TreeFormatException">The bytes are not a whole, sound ensemble of a version that this library reads.</exception>
    public static TreeEnsemble Read(ReadOnlySpan<byte> bytes)
    {
        TreeByteReader reader = new(bytes);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new TreeFormatException("A stored tree ensemble must begin with 'MSDTREES'. Got other bytes. Pass what was written as one.");
        }

        int version = BinaryPrimitives.ReadUInt16LittleEndian(reader.Bytes(sizeof(ushort)));
        if (version is < 1 or > Version)
        {
            throw new TreeFormatException(FormattableString.Invariant(
                $"A stored tree ensemble must be of version 1 to {Version}. Got {version}. Read it with the library that wrote it, or a later one."));
        }

        int features = reader.Integer();
        double sigmoid = reader.Double();
        CoverKind cover = version == 1 ? CoverKind.Counts : ReadCoverKind(ref reader);
        Tree[] trees = new Tree[reader.Count(1 + SmallestLeaf)];
        for (int t = 0; t < trees.Length; t++)
        {
            trees[t] = ReadTree(ref reader, cover);
        }

        reader.End();
        return new TreeEnsemble(features, sigmoid, trees, cover);
    }

    private static void WriteTree(List<byte> bytes, Tree tree, CoverKind cover)
    {
        WriteInteger(bytes, (uint)tree.LeafValue.Length);
        for (int i = 0; i < tree.Feature.Length; i++)
        {
            bytes.Add((byte)tree.Kind[i]);
            WriteInteger(bytes, (uint)tree.Feature[i]);
            WriteChild(bytes, tree.Left[i]);
            WriteChild(bytes, tree.Right[i]);
            WriteCover(bytes, tree.NodeCover[i], cover);
            if (tree.Categories[i] is { } words)
            {
                WriteInteger(bytes, (uint)words.Length);
                foreach (uint word in words)
                {
                    WriteWord(bytes, word);
                }
            }
            else
            {
                WriteDouble(bytes, tree.Threshold[i]);
            }
        }

        for (int i = 0; i < tree.LeafValue.Length; i++)
        {
            WriteDouble(bytes, tree.LeafValue[i]);
            WriteCover(bytes, tree.LeafCover[i], cover);
        }
    }

    private static Tree ReadTree(ref TreeByteReader reader, CoverKind cover)
    {
        int leaves = reader.Count(SmallestLeaf);
        int nodes = Math.Max(leaves - 1, 0);
        Tree tree = new()
        {
            Feature = new int[nodes],
            Threshold = new double[nodes],
            Kind = new NodeKind[nodes],
            Left = new int[nodes],
            Right = new int[nodes],
            NodeCover = new double[nodes],
            Categories = new uint[]?[nodes],
            LeafValue = new double[leaves],
            LeafCover = new double[leaves],
        };
        for (int i = 0; i < nodes; i++)
        {
            tree.Kind[i] = (NodeKind)reader.Bytes(1)[0];
            tree.Feature[i] = reader.Integer();
            tree.Left[i] = ReadChild(ref reader);
            tree.Right[i] = ReadChild(ref reader);
            tree.NodeCover[i] = ReadCover(ref reader, cover);
            if (tree.Kind[i] == NodeKind.Categorical)
            {
                tree.Categories[i] = ReadWords(ref reader);
            }
            else
            {
                tree.Threshold[i] = reader.Double();
            }
        }

        for (int i = 0; i < leaves; i++)
        {
            tree.LeafValue[i] = reader.Double();
            tree.LeafCover[i] = ReadCover(ref reader, cover);
        }

        return tree;
    }

    private static void WriteCover(List<byte> bytes, double value, CoverKind cover)
    {
        switch (cover)
        {
            case CoverKind.Counts:
                WriteInteger(bytes, (uint)value);
                break;
            case CoverKind.Hessians:
                WriteDouble(bytes, value);
                break;
        }
    }

    private static double ReadCover(ref TreeByteReader reader, CoverKind cover) => cover switch
    {
        CoverKind.Counts => reader.Integer(),
        CoverKind.Hessians => reader.Double(),
        _ => 0,
    };

    private static CoverKind ReadCoverKind(ref TreeByteReader reader)
    {
        CoverKind cover = (CoverKind)reader.Bytes(1)[0];
        return cover <= CoverKind.Hessians
            ? cover
            : throw new TreeFormatException($"The covers of a stored tree ensemble must be of kind 0, 1 or 2. Got {cover:D}. Take it from its source again.");
    }

    private static uint[] ReadWords(ref TreeByteReader reader)
    {
        uint[] words = new uint[reader.Count(sizeof(uint))];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(reader.Bytes(sizeof(uint)));
        }

        return words;
    }

    private static void WriteChild(List<byte> bytes, int child) =>
        WriteInteger(bytes, child >= 0 ? (uint)child << 1 : ((uint)~child << 1) | 1);

    private static int ReadChild(ref TreeByteReader reader)
    {
        int code = reader.Integer();
        return (code & 1) == 0 ? code >> 1 : ~(code >> 1);
    }

    private static void WriteInteger(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }

    private static void WriteWord(List<byte> bytes, uint value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, value);
        bytes.AddRange(buffer);
    }

    private static void WriteDouble(List<byte> bytes, double value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(buffer, value);
        bytes.AddRange(buffer);
    }
}
