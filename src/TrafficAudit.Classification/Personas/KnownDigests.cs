using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Personas;

/// <summary>
/// The digests of a known form that are looked for: of its UTF-8 bytes, and of its EUC-KR bytes where it has letters of that set; digests of a digest's hex text;
/// digests with the salts that are known. Short ones, beginnings of digests and checksums, count only under a key that names the item.
/// </summary>
internal static class KnownDigests
{
    private static readonly Encoding EucKr =
        CodePagesEncodingProvider.Instance.GetEncoding(949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // Those that were seen of a digest's text: MD5 again, or SHA-256 (Criteo).
    private static readonly ImmutableArray<string> OfTexts = [Transformation.Md5, Transformation.Sha1, Transformation.Sha256];

    /// <summary>Whole digests.</summary>
    public static IEnumerable<DigestNeedle> Of(Needle needle)
    {
        foreach (var (bytes, way) in EncodedForms(needle.Form))
        {
            foreach (var name in Digest.All)
            {
                var hex = Convert.ToHexStringLower(Digest.Of(name, bytes));
                var once = way.Add(name);
                yield return new DigestNeedle(hex, needle, once);
                foreach (var digest in OfTexts.Contains(name) ? OfText(needle, hex, once) : [])
                {
                    yield return digest;
                }
            }

            foreach (var salt in Salts.BuiltIn)
            {
                yield return new DigestNeedle(Convert.ToHexStringLower(Digest.Of(salt.Digest, salt.AddTo(bytes))), needle, way.Add(salt.Name).Add(salt.Digest));
            }
        }
    }

    /// <summary>Beginnings of digests as 16 or 32 hex digits, the middle half of an MD5 (usual in China), and checksums in hex and decimal.</summary>
    public static IEnumerable<DigestNeedle> ShortOf(Needle needle)
    {
        foreach (var (bytes, way) in EncodedForms(needle.Form))
        {
            foreach (var name in OfTexts)
            {
                var hex = Convert.ToHexStringLower(Digest.Of(name, bytes));
                var cut = way.Add(name).Add(Transformation.Truncated);
                yield return new DigestNeedle(hex[..16], needle, cut);
                yield return name == Transformation.Md5 ? new DigestNeedle(hex[8..24], needle, cut) : new DigestNeedle(hex[..32], needle, cut);
            }

            foreach (var (name, sum) in new[] { (Transformation.Crc32, Crc32.HashToUInt32(bytes)), (Transformation.Murmur3, Murmur3.Hash(bytes)) })
            {
                yield return new DigestNeedle(sum.ToString("x8", CultureInfo.InvariantCulture), needle, way.Add(name));
                yield return new DigestNeedle(sum.ToString(CultureInfo.InvariantCulture), needle, way.Add(name));
                yield return new DigestNeedle(((int)sum).ToString(CultureInfo.InvariantCulture), needle, way.Add(name));
                yield return new DigestNeedle(BinaryPrimitives.ReverseEndianness(sum).ToString("x8", CultureInfo.InvariantCulture), needle, way.Add(name));
            }
        }
    }

    private static IEnumerable<DigestNeedle> OfText(Needle needle, string hex, ImmutableArray<string> way)
    {
        foreach (var name in OfTexts)
        {
            yield return new DigestNeedle(Convert.ToHexStringLower(Digest.Of(name, Encoding.ASCII.GetBytes(hex))), needle, way.Add(name));
            yield return new DigestNeedle(
                Convert.ToHexStringLower(Digest.Of(name, Encoding.ASCII.GetBytes(hex.ToUpperInvariant()))), needle, way.Add(Transformation.Uppercase).Add(name));
        }
    }

    private static IEnumerable<(byte[] Bytes, ImmutableArray<string> Way)> EncodedForms(KnownForm form)
    {
        yield return (Encoding.UTF8.GetBytes(form.Text), form.Transformations);
        if (!Ascii.IsValid(form.Text) && ToEucKr(form.Text) is { } bytes)
        {
            yield return (bytes, form.Transformations.Add(Transformation.EucKr));
        }
    }

    /// <summary>Null where the text has other letters than that set.</summary>
    private static byte[]? ToEucKr(string text)
    {
        try
        {
            return EucKr.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            // No sender could have written it so.
            return null;
        }
    }
}

/// <summary>A digest of a known form.</summary>
/// <param name="Text">The digest in lower-case hex; of a checksum also its decimal digits.</param>
/// <param name="Needle">The form that was hashed.</param>
/// <param name="Transformations">How the known value became the digest.</param>
internal sealed record DigestNeedle(string Text, Needle Needle, ImmutableArray<string> Transformations);
