using System.Text;

namespace TrafficAudit.Evidence.Har;

/// <summary>What is done with one entry: its bytes, valid during the call, or null where it was too large to be held.</summary>
internal delegate ValueTask EntryHandler(long index, ReadOnlyMemory<byte>? json, CancellationToken cancellation);

/// <summary>
/// Walks a HAR down to <c>log.entries</c> and hands out the entries one after the other. Everything else is passed over
/// unseen, wherever it stands and however long or deep it is.
/// </summary>
/// <param name="feed">The file.</param>
/// <param name="maxEntryBytes">Longer entries are not held.</param>
/// <param name="handler">Takes the entries.</param>
internal sealed class HarEntryStream(JsonFeed feed, int maxEntryBytes, EntryHandler handler)
{
    /// <summary>What is said where anything was due and nothing came.</summary>
    public const string FileEnds = "the file ends";

    private const int MaxKeyBytes = 256;

    private long _index;

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
        if (key != "entries" || feed.Available.Span[0] != '[')
        {
            await SkipAsync(cancellation);
            return;
        }

        HasEntries = true;
        Place = $"before entry {_index}";
        feed.Consume(1);
        if (await feed.PeekAsync(cancellation) == ']')
        {
            feed.Consume(1);
        }
        else
        {
            await EntriesAsync(cancellation);
        }

        Place = "in log, after the entries";
    }

    private async ValueTask EntriesAsync(CancellationToken cancellation)
    {
        int next;
        do
        {
            await RequireMoreAsync(cancellation);
            Place = $"in entry {_index}";
            await EntryAsync(cancellation);
            _index++;
            Place = $"before entry {_index}";
            next = await ExpectAnyAsync(',', ']', "the next entry or the end of the entries", cancellation);
        }
        while (next == ',');
    }

    private async ValueTask EntryAsync(CancellationToken cancellation)
    {
        var length = await feed.ScanValueAsync(maxEntryBytes, cancellation);
        if (length < 0)
        {
            await handler(_index, null, cancellation);
            return;
        }

        await handler(_index, feed.Available[..length], cancellation);
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
