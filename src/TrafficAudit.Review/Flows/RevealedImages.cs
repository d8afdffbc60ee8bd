using System.Buffers.Text;
using System.Security.Cryptography;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>
/// Which images may be fetched: a picture can show a person, so that it is a value like any other. A page that had a flow's values revealed gets an address that
/// nobody can guess and that is good for a while. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RevealedImages(TimeProvider time)
{
    /// <summary>Where an image is; its ticket follows.</summary>
    public const string Path = "/flows/image";

    private const int Most = 1_000;
    private const int TicketBytes = 24;
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    // The oldest first: when there are too many, they go.
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, (long Flow, MessageKind Message, DateTimeOffset Until)> _tickets = new(StringComparer.Ordinal);

    /// <summary>An address for the image that a message's body is.</summary>
    public string AddressOf(long flow, MessageKind message)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TicketBytes));
        lock (_lock)
        {
            if (_order.Count == Most)
            {
                _tickets.Remove(_order.Dequeue());
            }

            _order.Enqueue(ticket);
            _tickets.Add(ticket, (flow, message, time.GetUtcNow() + GoodFor));
        }

        return $"{Path}/{ticket}";
    }

    /// <summary>The message that a ticket is for; null when it is none, or no longer.</summary>
    public (long Flow, MessageKind Message)? Find(string ticket)
    {
        lock (_lock)
        {
            return _tickets.TryGetValue(ticket, out var found) && time.GetUtcNow() < found.Until ? (found.Flow, found.Message) : null;
        }
    }
}
