namespace TrafficAudit.Capture.WebSockets;

/// <summary>What is left of the bytes that may be kept of one connection; both directions take from it.</summary>
internal sealed class KeptBytes(long limit)
{
    private long _left = limit;

    /// <summary>Takes as many of <paramref name="wanted"/> as are left, perhaps none.</summary>
    public int Take(int wanted)
    {
        var left = Volatile.Read(ref _left);
        while (true)
        {
            var taken = (int)Math.Min(wanted, left);
            var seen = Interlocked.CompareExchange(ref _left, left - taken, left);
            if (seen == left)
            {
                return taken;
            }

            left = seen;
        }
    }
}
