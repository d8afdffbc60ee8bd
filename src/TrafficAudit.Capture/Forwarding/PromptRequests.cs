using System.Net;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Sends each part of a request's body on when it comes. .NET's handler fills a buffer of some KiB first, so that a client that sends a little, waits
/// for its effect, and then sends more (uploads with progress, streams, gRPC over HTTP/1.1 bridges) would wait for ever.
/// </summary>
internal sealed class PromptRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The forwarder's empty content stands for a request without a body.
        if (request.Content is { } content && content.Headers.ContentLength != 0)
        {
            request.Content = new PromptContent(content);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class PromptContent : HttpContent
    {
        private readonly HttpContent _content;

        public PromptContent(HttpContent content)
        {
            _content = content;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            if (_content.Headers.ContentLength is null)
            {
                // Who streams may wait for an answer before the first byte of the body: the head goes on at once.
                await stream.FlushAsync(cancellationToken);
            }

            await _content.CopyToAsync(new PromptStream(stream), context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }
    }

    private sealed class PromptStream(Stream stream) : ForwardOnlyStream
    {
        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await stream.WriteAsync(buffer, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);
    }
}
