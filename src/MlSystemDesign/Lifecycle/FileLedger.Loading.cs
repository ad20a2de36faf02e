namespace MlSystemDesign.Lifecycle;

/// <content>What happens when a ledger is opened: every line is checked, a torn tail is saved and cut off.</content>
public sealed partial class FileLedger
{
    private long Load()
    {
        byte[] header = LedgerLines.Format(new LedgerLineDto { Kind = HeaderKind, Version = FormatVersion }, LedgerJsonContext.Default.LedgerLineDto);
        LedgerScanner scanner = new(_handle, RandomAccess.GetLength(_handle));
        long highest = 0;
        while (!scanner.IsAtEnd)
        {
            if (!scanner.TryRead(out LedgerLine line))
            {
                scanner.Fill();
                continue;
            }

            bool isIntact = line.IsComplete && LedgerLines.IsIntact(line.Bytes.Span);
            if (!isIntact && line.IsLast && (line.Number > 1 || header.AsSpan().StartsWith(line.Bytes.Span)))
            {
                CutOff(line);
                break;
            }

            if (!isIntact)
            {
                throw Corrupted(line, line.Number == 1 ? "not the header of a ledger" : "altered: its hash does not match");
            }

            if (line.Number == 1)
            {
                CheckHeader(line);
            }
            else
            {
                LedgerRecord record = RecordOf(line);
                _ids.Add(LedgerIds.HashOf(record.Id));
                highest = Math.Max(highest, record.Entity);
            }

            _length = line.Offset + line.Bytes.Length + 1;
        }

        if (_length == 0)
        {
            Write(header);
        }

        return highest;
    }

    private void CutOff(LedgerLine line)
    {
        int number = 1;
        while (File.Exists($"{FilePath}.torn-{number}"))
        {
            number++;
        }

        long length = RandomAccess.GetLength(_handle) - line.Offset;
        byte[] tail = line.IsComplete ? [.. line.Bytes.Span, (byte)'\n'] : line.Bytes.ToArray();
        AtomicFile.Write($"{FilePath}.torn-{number}", stream => stream.Write(tail));
        RandomAccess.SetLength(_handle, line.Offset);
        RandomAccess.FlushToDisk(_handle);
        Recovered = new LedgerRecovery(line.Offset, length, $"{FilePath}.torn-{number}");
        LedgerLog.TornTail(_logger, FilePath, line.Offset, length, Recovered.SavedAs);
    }

    private void CheckHeader(LedgerLine line)
    {
        LedgerLineDto? header = LedgerLines.Parse(line.Bytes.Span, LedgerJsonContext.Default.LedgerLineDto);
        if (header is not { Kind: HeaderKind, Version: { } version and >= 1 })
        {
            throw Corrupted(line, "not the header of a ledger");
        }

        if (version > FormatVersion)
        {
            throw new LedgerException(
                LedgerFault.Newer,
                $"A ledger must be of version {FormatVersion} or older. '{Path.GetFileName(FilePath)}' is of version {version}. Update the library.",
                FilePath,
                1,
                0);
        }
    }

    private LedgerRecord RecordOf(LedgerLine line)
    {
        if (!line.IsComplete || !LedgerLines.IsIntact(line.Bytes.Span))
        {
            throw Corrupted(line, "altered: its hash does not match");
        }

        return LedgerLines.Parse(line.Bytes.Span, LedgerJsonContext.Default.LedgerLineDto) is { } dto && LedgerRecordMapper.ToRecord(dto) is { } record
            ? record
            : throw Corrupted(line, "intact but not a record that this version knows");
    }

    private LedgerException Corrupted(LedgerLine line, string what) => new(
        LedgerFault.Corrupted,
        $"Every line of a ledger must be what was written. Line {line.Number} of '{Path.GetFileName(FilePath)}', at byte {line.Offset}, is {what}. " +
        "Restore the file from a backup, or move it away and start a new one.",
        FilePath,
        line.Number,
        line.Offset);
}
