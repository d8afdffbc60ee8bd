using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Testing.Mmdb;

/// <summary>The binary search tree of a MaxMind DB: one node a bit, a leaf a network.</summary>
internal sealed class MmdbTree(int ipVersion)
{
    private readonly Node _root = new();

    /// <summary>Adds a network; a narrower one must come after the wider one that holds it.</summary>
    public void Add(IPNetwork network, int dataOffset)
    {
        var bits = Bits(network.BaseAddress);
        var length = bits.Length * 8 - (network.BaseAddress.GetAddressBytes().Length * 8 - network.PrefixLength);
        if (length == 0)
        {
            // The root must be a node, so that a network of everything becomes its two halves.
            _root.Left = new Node { Data = dataOffset };
            _root.Right = new Node { Data = dataOffset };
            return;
        }

        var node = _root;
        for (var i = 0; i < length; i++)
        {
            node.Split();
            node = (bits[i / 8] & (0x80 >> (i % 8))) == 0 ? node.Left ??= new Node() : node.Right ??= new Node();
        }

        node.Data = dataOffset;
    }

    /// <summary>The nodes in their order in the file: each as its two records (null: nothing there).</summary>
    public List<(Record? Left, Record? Right)> Flatten()
    {
        var numbers = new Dictionary<Node, int> { [_root] = 0 };
        var order = new List<Node> { _root };
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var child in new[] { order[i].Left, order[i].Right })
            {
                if (child is { Data: null })
                {
                    numbers[child] = order.Count;
                    order.Add(child);
                }
            }
        }

        return [.. order.Select(node => (ToRecord(node.Left), ToRecord(node.Right)))];

        Record? ToRecord(Node? child) => child switch
        {
            null => null,
            { Data: { } offset } => new Record(offset, IsData: true),
            _ => new Record(numbers[child], IsData: false),
        };
    }

    private byte[] Bits(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (ipVersion == 6)
        {
            // IPv4 lies at ::/96 of an IPv6 tree.
            return bytes.Length == 16 ? bytes : [.. new byte[12], .. bytes];
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes
            : throw new ArgumentException("an IPv4 database holds no IPv6 network", nameof(address));
    }

    /// <summary>Half of a node: another node's number, or an offset in the data section.</summary>
    public readonly record struct Record(int Value, bool IsData);

    private sealed class Node
    {
        public Node? Left { get; set; }

        public Node? Right { get; set; }

        public int? Data { get; set; }

        /// <summary>A leaf that gets narrower networks hands its data to both halves.</summary>
        public void Split()
        {
            if (Data is { } offset)
            {
                Left = new Node { Data = offset };
                Right = new Node { Data = offset };
                Data = null;
            }
        }
    }
}
