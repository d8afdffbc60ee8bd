namespace TrafficAudit.Review.Access;

/// <summary>The access file as it is now: read again only when it has changed. Any thread may use it.</summary>
public sealed class AccessList(IAccessFile file)
{
    private const int LongestName = 64;

    private readonly Lock _readLock = new();
    private (string Version, AccessBook Book)? _read;

    /// <exception cref="RejectedRequestException">The file is damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    internal AccessBook Book
    {
        get
        {
            // The version first: a change between the two is read once more, never missed.
            var version = file.Version;
            lock (_readLock)
            {
                if (_read?.Version != version)
                {
                    _read = (version, AccessBook.Parse(file.Read(), file.Path));
                }

                return _read.Value.Book;
            }
        }
    }

    internal void Change(Func<AccessBook, AccessBook> change) => file.Change(content => change(AccessBook.Parse(content, file.Path)).ToBytes());

    /// <summary>A name as it is kept.</summary>
    /// <exception cref="RejectedRequestException">It can't be one.</exception>
    internal static string NameOf(string text)
    {
        var name = text.Trim();
        return name.Length is >= 1 and <= LongestName && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? name
            : throw new RejectedRequestException($"A name has 1 to {LongestName} characters, none of them a control character.");
    }

    internal static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
