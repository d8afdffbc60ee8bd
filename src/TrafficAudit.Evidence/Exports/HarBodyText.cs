using System.Text.Unicode;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>
/// A body as a HAR holds it: without its content coding, as text where it is UTF-8, else in base64. The coded bytes go beside it, since no
/// compressor makes the same bytes again.
/// </summary>
internal sealed record HarBodyText
{
    /// <summary>Longer bodies would make entries that no reader takes (this program's importer: 256 MiB).</summary>
    public const int LongestBody = 40 * 1024 * 1024;

    /// <summary>The body as text in UTF-8.</summary>
    public ReadOnlyMemory<byte>? Text { get; private init; }

    /// <summary>The body's bytes where they are no text.</summary>
    public ReadOnlyMemory<byte>? Base64 { get; private init; }

    /// <summary>The body as it was transferred, where it is another one.</summary>
    public byte[]? Coded { get; private init; }

    /// <summary>Bytes without content coding, as far as they are known.</summary>
    public long PlainLength { get; private init; }

    /// <summary>Why the body is not here; null when it is.</summary>
    public string? LeftOut { get; private init; }

    /// <exception cref="IOException">What holds the body can't be read.</exception>
    public static HarBodyText Of(Message? message, Func<Message, ReadOnlyMemory<byte>?> plainBody)
    {
        if (message is null || message.Body.Length == 0)
        {
            return new HarBodyText();
        }

        if (message.Body.Length > LongestBody)
        {
            return new HarBodyText
            {
                PlainLength = message.Body.Length,
                LeftOut = $"A body of {message.Body.Length} bytes is left out, a HAR's reader takes none over {LongestBody}; export as WARC to have it",
            };
        }

        var plain = plainBody(message) is { Length: <= LongestBody } undone ? undone : (ReadOnlyMemory<byte>?)null;
        var shown = plain ?? message.Body.ToMemory();
        var body = new HarBodyText { Coded = plain is null ? null : message.Body.ToMemory().ToArray(), PlainLength = shown.Length };
        return Utf8.IsValid(shown.Span) ? body with { Text = shown } : body with { Base64 = shown };
    }
}
