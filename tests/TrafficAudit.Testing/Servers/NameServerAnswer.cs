using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrafficAudit.Testing.Servers;

/// <summary>How a <see cref="NameServer"/> answers for one name.</summary>
/// <param name="Records">The answer's records to a question, each as it lies in the message, or whatever else shall stand there.</param>
public sealed record NameServerAnswer(Func<NameServerQuestion, IEnumerable<byte[]>> Records)
{
    /// <summary>NXDOMAIN.</summary>
    public static NameServerAnswer NoSuchName { get; } = new(_ => []) { Outcome = 3 };

    /// <summary>SERVFAIL.</summary>
    public static NameServerAnswer Failure { get; } = new(_ => []) { Outcome = 2 };

    /// <summary>None at all.</summary>
    public static NameServerAnswer Silence { get; } = new(_ => []) { IsSilent = true };

    /// <summary>The response code.</summary>
    public int Outcome { get; init; }

    /// <summary>Whether a datagram says that there is more, and holds nothing.</summary>
    public bool IsTruncated { get; init; }

    private bool IsSilent { get; init; }

    /// <summary>A chain of CNAME records from a name on, and the addresses of its last name: those of the type that is asked for.</summary>
    public static NameServerAnswer Of(string name, params string[] chainAndAddresses)
    {
        var addresses = chainAndAddresses.Select(one => IPAddress.TryParse(one, out var address) ? address : null).OfType<IPAddress>().ToList();
        var names = chainAndAddresses.Where(one => !IPAddress.TryParse(one, out _)).Prepend(name).ToList();
        var chain = names.Zip(names.Skip(1), (owner, target) => Record(Name(owner), 5, Name(target))).ToList();
        return new NameServerAnswer(question =>
            [.. chain, .. addresses.Where(a => TypeOf(a).Name == question.Type).Select(a => Record(Name(names[^1]), TypeOf(a).Number, a.GetAddressBytes()))]);
    }

    /// <summary>A record of class IN; the owner as it lies in the message.</summary>
    public static byte[] Record(byte[] owner, byte type, byte[] data) => [.. owner, 0, type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    /// <summary>A name as it lies in a message, without compression; characters are bytes.</summary>
    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => Encoding.Latin1.GetBytes(label).Prepend((byte)label.Length)), 0];

    /// <summary>A pointer to what lies at an offset of the message.</summary>
    public static byte[] Pointer(int offset) => [(byte)(0xC0 | (offset >> 8)), (byte)offset];

    /// <summary>The whole message; null for silence.</summary>
    public byte[]? To(NameServerQuestion question, bool isDatagram)
    {
        if (IsSilent)
        {
            return null;
        }

        var isCut = IsTruncated && isDatagram;
        var records = isCut ? [] : Records(question).ToList();
        return
        [
            .. question.Id, (byte)(isCut ? 0x83 : 0x81), (byte)(0x80 | Outcome), 0, 1, (byte)(records.Count >> 8), (byte)records.Count, 0, 0, 0, 0,
            .. question.Bytes, .. records.SelectMany(record => record),
        ];
    }

    private static (byte Number, string Name) TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? ((byte)1, "A") : ((byte)28, "AAAA");
}
