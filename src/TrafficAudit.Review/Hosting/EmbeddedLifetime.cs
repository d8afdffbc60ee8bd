using Microsoft.Extensions.Hosting;

namespace TrafficAudit.Review.Hosting;

/// <summary>The review UI lives inside a program that handles Ctrl+C itself; the usual lifetime would take the signal away from it.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
