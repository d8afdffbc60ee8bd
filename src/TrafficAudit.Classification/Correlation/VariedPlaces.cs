namespace TrafficAudit.Classification.Correlation;

/// <summary>
/// The places that are out of the question, however many: a Bloom filter of fixed size. That a place is in it by mistake costs an identifier, never makes a
/// finding: with a million places in it, to one of 1.3 million others; with ten millions, to one of 220.
/// </summary>
internal sealed class VariedPlaces
{
    // 16 MiB.
    private const int Bits = 1 << 27;
    private const int Probes = 4;

    private readonly ulong[] _bits = new ulong[Bits / 64];

    public bool Contains(UInt128 place)
    {
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(place, probe);
            if ((_bits[bit >> 6] & (1UL << (bit & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    public void Add(UInt128 place)
    {
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(place, probe);
            _bits[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    // 27 bits of the digest for each probe.
    private static int BitOf(UInt128 place, int probe) => (int)(uint)(place >> (32 * probe)) & (Bits - 1);
}
