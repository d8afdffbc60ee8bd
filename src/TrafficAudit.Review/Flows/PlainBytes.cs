using System.Buffers;
using System.Text;

namespace TrafficAudit.Review.Flows;

/// <summary>Bytes as text: what is no UTF-8 is written as <c>\x{E9}</c>, so that nothing is replaced by something else unseen.</summary>
internal static class PlainBytes
{
    /// <summary>The text of some bytes.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (status == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                foreach (var invalid in bytes[..length])
                {
                    text.Append("\\x{").Append(invalid.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)).Append('}');
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
