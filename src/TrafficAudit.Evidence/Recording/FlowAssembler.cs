using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>Puts flows together again from their records as these are read one after the other.</summary>
internal sealed class FlowAssembler(string spoolFolder) : IDisposable
{
    /// <summary>Longer blocks go through a file, so that reading a case needs no large memory.</summary>
    private const int MemoryBytes = 1024 * 1024;

    private Part? _request;
    private Part? _response;
    private long _start;

    /// <summary>Takes a record; gives the flow that it completes, or null.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public (FlowRecord Flow, long Offset)? Add(WarcRecord record)
    {
        switch (record.Type)
        {
            case "request":
                Drop();
                _start = record.Offset;
                _request = Part.Read(record, spoolFolder);
                return null;
            case "response":
                _start = _request is null ? record.Offset : _start;
                _response = Part.Read(record, spoolFolder);
                return null;
            default:
                return Complete(record);
        }
    }

    public void Dispose() => Drop();

    private (FlowRecord Flow, long Offset)? Complete(WarcRecord record)
    {
        StoredMetadata stored;
        try
        {
            stored = JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredMetadata) ?? throw new InvalidDataException("The metadata is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The metadata is no JSON of a flow", e);
        }

        var start = _request is null && _response is null ? record.Offset : _start;
        var flow = new FlowRecord(
            stored.Flow,
            _request?.ToMessage(stored.RequestHeadLength, stored.ExactRequestHead),
            _response?.ToMessage(stored.ResponseHeadLength, stored.ExactResponseHead));
        _request = null;
        _response = null;
        return (flow, start);
    }

    private void Drop()
    {
        _request?.Dispose();
        _response?.Dispose();
        _request = null;
        _response = null;
    }

    /// <summary>A request's or response's block, read.</summary>
    private sealed class Part(byte[] memory, string? file, long length) : IDisposable
    {
        public static Part Read(WarcRecord record, string spoolFolder)
        {
            if (record.ContentLength <= MemoryBytes)
            {
                return new Part(record.ReadBlock(), null, record.ContentLength);
            }

            CaseFolder.CreatePrivate(spoolFolder);
            var path = Path.Combine(spoolFolder, $"{Guid.NewGuid():N}.block");
            try
            {
                using (var file = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    var rest = record.ContentLength;
                    var buffer = new byte[64 * 1024];
                    int read;
                    while (rest > 0 && (read = record.Block.Read(buffer.AsSpan(0, (int)Math.Min(rest, buffer.Length)))) > 0)
                    {
                        file.Write(buffer, 0, read);
                        rest -= read;
                    }
                }

                record.Verify();
                return new Part([], path, record.ContentLength);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }

        public Message ToMessage(int? headLength, byte[]? exactHead)
        {
            var cut = (int)Math.Clamp(headLength ?? 0, 0, length);
            if (file is null)
            {
                ReadOnlyMemory<byte> head = exactHead ?? memory.AsMemory(0, cut);
                return new Message(head, cut == length ? Body.Empty : new MemoryBody(memory.AsMemory(cut)));
            }

            return new Message(exactHead ?? ReadHead(cut), new FileTailBody(file, cut, length - cut));
        }

        public void Dispose()
        {
            if (file is not null)
            {
                File.Delete(file);
            }
        }

        private byte[] ReadHead(int count)
        {
            using var stream = File.OpenRead(file!);
            var head = new byte[count];
            stream.ReadExactly(head);
            return head;
        }
    }
}
