using System.Globalization;
using TrafficAudit.Classification.Tests.Decoding;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Protocol Buffers: members are numbered in their order, elements repeat the number of their array.</summary>
internal static class ProtobufFormat
{
    public static Value ToProtobuf(this Tree tree) => new(Message(tree).ToArray(), [.. Places(tree)]);

    /// <summary>A frame of gRPC, "gRPC over HTTP2".</summary>
    public static Value ToGrpc(this Tree tree)
    {
        var message = tree.ToProtobuf();
        return new Value(GrpcTests.Frame(0, message.Bytes), [.. message.Places.Select(placed => placed.Under("[0]"))]);
    }

    private static Proto Message(Tree tree)
    {
        var message = new Proto();
        foreach (var (member, i) in tree.Children.Select((member, i) => (member, i + 1)))
        {
            foreach (var value in member.IsArray ? member.Children : [member])
            {
                _ = value.Value is { } leaf ? Leaf(message, i, leaf) : message.Message(i, Message(value));
            }
        }

        return message;
    }

    private static Proto Leaf(Proto message, int number, Value value) => value.Content switch
    {
        decimal integer when integer == decimal.Truncate(integer) => message.Varint(number, (long)integer),
        decimal fraction => message.Double(number, (double)fraction),
        bool flag => message.Varint(number, flag ? 1 : 0),
        byte[] bytes => message.Bytes(number, bytes),
        _ => message.Text(number, value.Text),
    };

    private static IEnumerable<Placed> Places(Tree tree) => tree.Value?.Places
        ?? tree.Children.SelectMany((member, i) =>
            (member.IsArray ? member.Children : [member]).SelectMany(Places).Select(placed => placed.Under((i + 1).ToString(CultureInfo.InvariantCulture))));
}
