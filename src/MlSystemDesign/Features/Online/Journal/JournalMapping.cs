using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MlSystemDesign.Features;

/// <summary>The segment that rows are appended to, mapped into memory: what is copied there survives a kill of the process, without a system call per row. Not safe for concurrent use.</summary>
/// <remarks>Rows count once the header's committed length covers them (<see cref="JournalHeader"/>): one store, so that a kill leaves all of an append or nothing. The file gets its room
/// ahead of the rows, as zeros that are written: a full disk is then an exception here, where a first touch of a hole would end the process.</remarks>
internal sealed unsafe class JournalMapping : IDisposable
{
    private const int RoomBytes = 1 << 18;
    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly long _file;
    private readonly long _segmentBytes;
    private readonly Lock _mapped = new();
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private byte* _start;
    private long _capacity;
    private long _room;

    /// <summary>Opens a segment.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="end">Where its rows end; what is behind goes.</param>
    /// <param name="segmentBytes">At which length it is mostly closed.</param>
    internal JournalMapping(JournalFile file, long end, long segmentBytes)
    {
        (_file, _segmentBytes, Length, _room) = (file.Id, segmentBytes, end, end);
        Handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (RandomAccess.GetLength(Handle) > end)
        {
            RandomAccess.SetLength(Handle, end);
        }

        byte[] committed = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(committed, JournalHeader.Commitment(_file, end));
        RandomAccess.Write(Handle, committed, JournalHeader.CommitmentAt);
    }

    /// <summary>Gets how long the rows are, with the header.</summary>
    internal long Length { get; private set; }

    private SafeFileHandle Handle { get; }

    /// <summary>Appends bytes. When this returns, the operating system has them.</summary>
    /// <exception cref="IOException">There is no room; nothing is appended.</exception>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        long end = Length + bytes.Length;
        if (end > _room)
        {
            MakeRoom(end);
        }

        bytes.CopyTo(new Span<byte>(_start + Length, bytes.Length));
        long commitment = JournalHeader.Commitment(_file, end);
        Volatile.Write(ref *(long*)(_start + JournalHeader.CommitmentAt), BitConverter.IsLittleEndian ? commitment : BinaryPrimitives.ReverseEndianness(commitment));
        Length = end;
    }

    /// <summary>Forces what was appended to the disk. May run beside <see cref="Append"/>, whose bytes may or may not be among it.</summary>
    internal void Flush()
    {
        if (!OperatingSystem.IsLinux())
        {
            lock (_mapped)
            {
                _view?.Flush(); // elsewhere the flush of a file leaves out what was written through a mapping
            }
        }

        RandomAccess.FlushToDisk(Handle);
    }

    /// <summary>Ends the appending: takes back the room that was not needed.</summary>
    /// <exception cref="IOException">The length cannot be set.</exception>
    internal void Close()
    {
        Unmap();
        if (!Handle.IsClosed && _room > Length)
        {
            RandomAccess.SetLength(Handle, Length);
            _room = Length;
        }
    }

    public void Dispose()
    {
        Unmap();
        Handle.Dispose();
    }

    private void MakeRoom(long end)
    {
        long room = end + RoomBytes;
        if (room > _capacity)
        {
            Unmap(); // before the file grows
            _capacity = Math.Max(room, _segmentBytes + RoomBytes);
            RandomAccess.SetLength(Handle, _capacity);
        }

        for (long at = _room; at < room; at += Zeros.Length)
        {
            RandomAccess.Write(Handle, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, room - at)), at);
        }

        _room = room;
        if (_view is null)
        {
            Map();
        }
    }

    private void Map()
    {
        _map = MemoryMappedFile.CreateFromFile(Handle, null, _capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, _capacity, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    private void Unmap()
    {
        lock (_mapped)
        {
            if (_view is null)
            {
                return;
            }

            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _start = null;
            _view.SafeMemoryMappedViewHandle.Dispose(); // before the view, which would force all of it to the disk
            _view.Dispose();
            _map!.Dispose();
            _view = null;
        }
    }
}
