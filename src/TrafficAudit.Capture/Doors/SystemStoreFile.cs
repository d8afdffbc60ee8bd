using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// The name of an authority's file in Android's system store: <c>X509_NAME_hash_old</c> of OpenSSL, the first four bytes of the MD5 of the
/// subject, least significant first, and <c>.0</c>. A name, nothing that anything is trusted for.
/// </summary>
internal static class SystemStoreFile
{
    public static string NameOf(X509Certificate2 certificate)
    {
#pragma warning disable CA5351 // MD5 is what the format asks for; it protects nothing here.
        var digest = MD5.HashData(certificate.SubjectName.RawData);
#pragma warning restore CA5351
        return $"{BinaryPrimitives.ReadUInt32LittleEndian(digest):x8}.0";
    }
}
