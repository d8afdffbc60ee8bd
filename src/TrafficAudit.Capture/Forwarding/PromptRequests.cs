using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Sends the bodies of requests as <see cref="Upload"/> does: each part when it comes, where .NET's handler fills a buffer of some KiB first, and no longer
/// than until the server answers; with their trailers, over HTTP/1.1.
/// </summary>
internal sealed class PromptRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>A request's trailers, asked for when its body is sent.</summary>
    public static HttpRequestOptionsKey<Func<ImmutableArray<HeaderField>>> Trailers { get; } = new("trailers");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        // The forwarder's empty content stands for a request without a body.
        request.Content is { } content && content.Headers.ContentLength != 0
            ? SendAsync(request, new PromptContent(content, request.Options.TryGetValue(Trailers, out var trailers) ? trailers : () => []), cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, PromptContent content, CancellationToken cancellation)
    {
        request.Content = content;
        try
        {
            return await base.SendAsync(request, cancellation);
        }
        catch
        {
            await content.StopAsync();
            throw;
        }
    }

    private sealed class PromptContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly Func<ImmutableArray<HeaderField>> _trailers;
        private Upload? _upload;

        public PromptContent(HttpContent content, Func<ImmutableArray<HeaderField>> trailers)
        {
            _content = content;
            _trailers = trailers;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        public Task StopAsync() => _upload?.StopAsync() ?? Task.CompletedTask;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            (_upload = new Upload(stream, _content.Headers.ContentLength, _trailers)).SendAsync(_content, context, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }
    }
}
