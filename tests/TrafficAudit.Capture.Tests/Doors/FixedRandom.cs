using System.Security.Cryptography;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>Bytes that count upwards, so that every draw differs and each run is the same.</summary>
internal sealed class FixedRandom : RandomNumberGenerator
{
    private int _next;

    public override void GetBytes(byte[] data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(_next++ * 167);
        }

        data[0] = (byte)_next;
        data[1] = (byte)(_next >> 8);
    }
}
