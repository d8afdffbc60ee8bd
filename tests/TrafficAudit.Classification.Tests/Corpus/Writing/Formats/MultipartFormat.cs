using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>multipart/form-data (RFC 7578), a part for each member of a flat document.</summary>
internal static class MultipartFormat
{
    public static string TypeOf(string boundary) => $"multipart/form-data; boundary={boundary}";

    public static Value ToMultipart(this Tree tree, string boundary)
    {
        var body = new List<byte>();
        foreach (var part in tree.Children)
        {
            var content = part.Value ?? part.ToJson();
            var type = part.Value switch
            {
                null => "\r\nContent-Type: application/json",
                { Content: byte[] } => "; filename=\"blob\"\r\nContent-Type: application/octet-stream",
                _ => "",
            };
            body.AddRange([
                .. Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{part.Key}\"{type}\r\n\r\n"), .. WithoutKey(part, content).Bytes, .. "\r\n"u8]);
        }

        body.AddRange(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return new Value(body.ToArray(), [.. tree.Places]);
    }

    private static Value WithoutKey(Tree part, Value content) => part.Value is null ? Tree.Object(part.Children).ToJson() : content;
}
