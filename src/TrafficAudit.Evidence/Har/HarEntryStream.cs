using System.Text;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// What is done with one entry of <c>entries</c> or <c>_tlsErrors</c>: its bytes, valid during the call, or null where it was too large to be held.
/// </summary>
internal delegate ValueTask EntryHandler(string list, long index, ReadOnlyMemory<byte>? json, CancellationToken cancellation);

/// <summary>
/// Walks a HAR down to <c>log.entries</c>, and to HTTP Toolkit's <c>log._tlsErrors</c>, and hands out the entries one after the other. Everything
/// else is passed over unseen, wherever it stands and however long or deep it is.
/// </summary>
/// <param name="feed">The file.</param>
/// <param name="maxEntryBytes">Longer entries are not held.</param>
/// <param name="handler">Takes the entries.</param>
internal sealed class HarEntryStream(JsonFeed feed, int maxEntryBytes, EntryHandler handler)
{
    /// <summary>What is said where anything was due and nothing came.</summary>
    public const string FileEnds = "the file ends";

    /// <summary>The name of the list of exchanges.</summary>
    public const string Entries = "entries";

    /// <summary>The name of the list of connections that failed.</summary>
    public const string TlsErrors = "_tlsErrors";

    private const int MaxKeyBytes = 256;

    // An array that comes twice goes on counting.
    private readonly Dictionary<string, long> _indexes = new(StringComparer.Ordinal) { [Entries] = 0, [TlsErrors] = 0 };

    /// <summary>Whether <c>log.entries</c> has been found.</summary>
    public bool HasEntries { get; private set; }

    /// <summary>Where in the JSON the walk is, for messages.</summary>
    public string Place { get; private set; } = "before log";

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="HarBreakException">The JSON ends early or breaks.</exception>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        await SkipByteOrderMarkAsync(cancellation);
        await ExpectAsync('{', "a JSON object", cancellation);
        await MembersAsync(RootMemberAsync, cancellation);
        Place = "after the JSON's end";
        if (await feed.PeekAsync(cancellation) >= 0)
        {
            throw feed.Break("there is more after the end of the JSON");
        }
    }

    private async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellation)
    {
        while (feed.Available.Length < 3 && await feed.FillAsync(cancellation))
        {
            // A stream may give fewer bytes than the mark has.
        }

        var bytes = feed.Available.Span;
        if (bytes.StartsWith("\uFEFF"u8))
        {
            feed.Consume(3);
        }
        else if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            throw feed.Break("the text is UTF-16; a HAR is UTF-8");
        }
    }

    private async ValueTask RootMemberAsync(string key, CancellationToken cancellation)
    {
        if (key != "log" || feed.Available.Span[0] != '{')
        {
            await SkipAsync(cancellation);
            return;
        }

        Place = "in log";
        feed.Consume(1);
        await MembersAsync(LogMemberAsync, cancellation);
        Place = "after log";
    }

    private async ValueTask LogMemberAsync(string key, CancellationToken cancellation)
    {
        if (!_indexes.ContainsKey(key) || feed.Available.Span[0] != '[')
        {
            await SkipAsync(cancellation);
            return;
        }

        HasEntries |= key == Entries;
        Place = Before(key);
        feed.Consume(1);
        if (await feed.PeekAsync(cancellation) == ']')
        {
            feed.Consume(1);
        }
        else
        {
            await EntriesAsync(key, cancellation);
        }

        Place = $"in log, after {(key == Entries ? "the entries" : key)}";
    }

    private async ValueTask EntriesAsync(string list, CancellationToken cancellation)
    {
        int next;
        do
        {
            await RequireMoreAsync(cancellation);
            Place = $"in {Name(list)}";
            await EntryAsync(list, cancellation);
            _indexes[list]++;
            Place = Before(list);
            next = await ExpectAnyAsync(',', ']', "the next entry or the end of the entries", cancellation);
        }
        while (next == ',');
    }

    private string Before(string list) => $"before {Name(list)}";

    private string Name(string list) => $"{(list == Entries ? "entry" : list)} {_indexes[list]}";

    private async ValueTask EntryAsync(string list, CancellationToken cancellation)
    {
        var length = await feed.ScanValueAsync(maxEntryBytes, cancellation);
        if (length < 0)
        {
            await handler(list, _indexes[list], null, cancellation);
            return;
        }

        await handler(list, _indexes[list], feed.Available[..length], cancellation);
        feed.Consume(length);
    }

    private async ValueTask MembersAsync(Func<string, CancellationToken, ValueTask> member, CancellationToken cancellation)
    {
        if (await feed.PeekAsync(cancellation) == '}')
        {
            feed.Consume(1);
            return;
        }

        do
        {
            var key = await KeyAsync(cancellation);
            await ExpectAsync(':', "a colon", cancellation);
            await RequireMoreAsync(cancellation);
            await member(key, cancellation);
        }
        while (await ExpectAnyAsync(',', '}', "a comma or the end of an object", cancellation) == ',');
    }

    private async ValueTask<string> KeyAsync(CancellationToken cancellation)
    {
        if (await RequireMoreAsync(cancellation) != '"')
        {
            throw feed.Break("a key in quotes is missing");
        }

        var length = await feed.ScanValueAsync(MaxKeyBytes, cancellation);
        if (length < 0)
        {
            return "";
        }

        var key = Encoding.UTF8.GetString(JsonText.Unescape(feed.Available.Span[1..(length - 1)]));
        feed.Consume(length);
        return key;
    }

    private async ValueTask SkipAsync(CancellationToken cancellation) => await feed.ScanValueAsync(limit: 0, cancellation);

    private async ValueTask<int> RequireMoreAsync(CancellationToken cancellation)
    {
        var next = await feed.PeekAsync(cancellation);
        return next >= 0 ? next : throw feed.Break(FileEnds);
    }

    private async ValueTask ExpectAsync(char due, string what, CancellationToken cancellation) =>
        await ExpectAnyAsync(due, due, what, cancellation);

    private async ValueTask<int> ExpectAnyAsync(char first, char second, string what, CancellationToken cancellation)
    {
        var next = await RequireMoreAsync(cancellation);
        if (next != first && next != second)
        {
            throw feed.Break($"{what} is missing");
        }

        feed.Consume(1);
        return next;
    }
}
