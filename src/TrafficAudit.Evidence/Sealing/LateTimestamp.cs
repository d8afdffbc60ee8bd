using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>A timestamp that was got where there is a network, for a case where there is none.</summary>
public static class LateTimestamp
{
    /// <summary>Puts an authority's answer beside the seal whose signature it stamps.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="response">The answer (TimeStampResp, DER).</param>
    /// <returns>The seal's number, the timestamp, and what the journal must say of it (<see cref="JournalKinds.Timestamped"/>).</returns>
    /// <exception cref="TimestampException">It is none, or stamps no seal of this case.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public static (int Seal, Timestamp Timestamp, JsonObject Journal) Add(CaseFolder folder, ReadOnlyMemory<byte> response)
    {
        var (files, timestamp) = Find(folder, response);
        PrivateFile.Write(files.Timestamp, response.ToArray());
        SealDigests.Write(files, SHA256.HashData(SealFiles.Read(files.Json)!));
        return (files.Number, timestamp, new JsonObject
        {
            ["seal"] = files.Number, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(response.Span)), ["time"] = timestamp.Time,
        });
    }

    /// <summary>Reads an authority's answer, and changes nothing.</summary>
    /// <exception cref="TimestampException">It is none, or stamps no seal of this case.</exception>
    public static Timestamp Check(CaseFolder folder, ReadOnlyMemory<byte> response) => Find(folder, response).Timestamp;

    private static (SealFiles Files, Timestamp Timestamp) Find(CaseFolder folder, ReadOnlyMemory<byte> response)
    {
        TimestampException? refusal = null;
        foreach (var number in SealFiles.NumbersIn(folder).Reverse())
        {
            var files = new SealFiles(folder, number);
            if (SealFiles.Read(files.Signature) is not { } signature)
            {
                continue;
            }

            try
            {
                return (files, Timestamp.Read(response, signature, roots: null));
            }
            catch (TimestampException e)
            {
                // It may be that of another seal.
                refusal ??= e;
            }
        }

        throw refusal ?? new TimestampException("the case has no seal");
    }
}
