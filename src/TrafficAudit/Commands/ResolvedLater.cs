using System.Net;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;

namespace TrafficAudit.Commands;

/// <summary>Addresses of hosts that a file does not say, looked up when it is imported: once a host, so that all its flows have the same. For one thread.</summary>
internal sealed class ResolvedLater(NameResolver names)
{
    // Emptied when full: a file names as many hosts as it likes.
    private const int MaximumKept = 100_000;

    private readonly Dictionary<string, NameResolution?> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer, marked as what it is; null where there is none.</summary>
    public async ValueTask<NameResolution?> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (host.Length == 0 || IPAddress.TryParse(host, out _))
        {
            return null;
        }

        if (!_answers.TryGetValue(host, out var answer))
        {
            if (_answers.Count >= MaximumKept)
            {
                _answers.Clear();
            }

            var name = await names.ResolveAsync(host, cancellation);
            answer = name.Addresses.IsEmpty ? null : name.ToResolution(ObservationSource.ResolvedLater);
            _answers.Add(host, answer);
        }

        return answer;
    }
}
