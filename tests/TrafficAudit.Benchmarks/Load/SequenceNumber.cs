using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>Counts requests by writing the next number into prepared bytes.</summary>
internal sealed class SequenceNumber(byte[] request)
{
    private readonly int _end = request.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"seq={BenchTraffic.SequencePlace}"))
        + "seq=".Length + BenchTraffic.SequencePlace.Length;

    public void Increment()
    {
        var place = _end - 1;
        while (request[place] == '9')
        {
            request[place--] = (byte)'0';
        }

        request[place]++;
    }
}
