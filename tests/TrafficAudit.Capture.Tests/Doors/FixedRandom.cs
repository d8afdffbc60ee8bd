using System.Security.Cryptography;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>Bytes that count upwards, so that every draw differs and each run is the same.</summary>
internal sealed class FixedRandom : RandomNumberGenerator
{
    private int next;

    public override void GetBytes(byte[] data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(next++ * 167);
        }

        data[0] = (byte)next;
        data[1] = (byte)(next >> 8);
    }
}
