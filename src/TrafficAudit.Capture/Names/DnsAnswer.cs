using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace TrafficAudit.Capture.Names;

/// <summary>What a name server answered to a question for a host's addresses.</summary>
/// <param name="Outcome">The response code (RFC 1035, section 4.1.1).</param>
/// <param name="IsTruncated">Whether there was more than the datagram held: only what TCP brings counts then (RFC 2181, section 9).</param>
/// <param name="Chain">The names of the CNAME records from the host on, lower case without a trailing dot; 16 at most, and none twice.</param>
/// <param name="Addresses">Those of the chain's last name, or of the host without a chain; none where the chain is a loop or longer.</param>
internal sealed record DnsAnswer(int Outcome, bool IsTruncated, ImmutableArray<string> Chain, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>The longest chain that is followed; common servers give up sooner.</summary>
    public const int MaximumChain = 16;

    // A message of 64 KB has room for thousands; no real answer comes near.
    private const int MaximumRecords = 256;

    private const byte IsResponse = 0x80;
    private const byte Truncated = 0x02;
    private const int NoError = 0;
    private const int NoSuchName = 3;

    /// <summary>Whether it says something of the name; otherwise another server may.</summary>
    public bool IsOfTheName => Outcome is NoError or NoSuchName;

    /// <summary>Reads the answer to a question.</summary>
    /// <returns>Null where the message is no answer to this very question, or can't be read.</returns>
    public static DnsAnswer? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question)
    {
        var asked = question[DnsQuestion.HeaderLength..];
        if (message.Length < question.Length || !message[..2].SequenceEqual(question[..2]) || (message[2] & IsResponse) == 0 || message[4] != 0 || message[5] != 1
            || !Ascii.EqualsIgnoreCase(message[DnsQuestion.HeaderLength..question.Length], asked))
        {
            return null;
        }

        var count = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(message[6..]), MaximumRecords);
        var isTruncated = (message[2] & Truncated) != 0;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var addresses = new List<(string Owner, IPAddress Address)>();
        var reader = new DnsReader(message, question.Length);
        for (var i = 0; i < count && !isTruncated; i++)
        {
            if (!reader.TryRead(out var owner, out var address, out var name))
            {
                return null;
            }

            if (name is not null)
            {
                names.TryAdd(owner, name);
            }
            else if (address is not null)
            {
                addresses.Add((owner, address));
            }
        }

        var (chain, last) = Follow(names, new DnsReader(question, DnsQuestion.HeaderLength).ReadName());
        return new DnsAnswer(message[3] & 0x0F, isTruncated, chain, [.. addresses.Where(a => a.Owner == last).Select(a => a.Address)]);
    }

    private static (ImmutableArray<string> Chain, string? Last) Follow(Dictionary<string, string> names, string host)
    {
        var chain = ImmutableArray.CreateBuilder<string>();
        var last = host;
        while (names.TryGetValue(last, out var next))
        {
            if (chain.Count == MaximumChain || next == host || chain.Contains(next))
            {
                return (chain.DrainToImmutable(), null);
            }

            chain.Add(last = next);
        }

        return (chain.DrainToImmutable(), last);
    }
}
