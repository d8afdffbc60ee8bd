using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>The persona's values as digests, in the ways that were seen (reference, section 4).</summary>
internal static class KnownDigests
{
    private static readonly (string Name, Func<byte[], byte[]> Hash)[] Hashes =
    [
        ("sha256", SHA256.HashData), ("md5", MD5.HashData), ("sha1", SHA1.HashData), ("sha512", SHA512.HashData), ("sha384", SHA384.HashData), ("sha224", Sha224), ("sha3", Sha3),
    ];

    // What Google, Meta, TikTok and Chinese networks have hashed: section 4.3.
    private static readonly (string Item, string Form)[] Hashed =
    [
        ("email", "solbom.dokgo@gmail.com"), ("email", "solbomdokgo@gmail.com"), ("email", CorpusPersona.Email), ("email", "SOLBOM.DOKGO@GMAIL.COM"), ("email", "dokgo.sb+shop@mail.example"),
        ("phone", "+821000004821"), ("phone", "821000004821"), ("phone", "01000004821"), ("phone", "010-0000-4821"), ("phone", "+12025550143"),
        ("name", CorpusPersona.Name), ("name", "solbom dokgo"), ("gaid", CorpusPersona.Gaid), ("idfa", CorpusPersona.Idfa), ("imei", CorpusPersona.Imei), ("oaid", CorpusPersona.Oaid),
        ("android_id", CorpusPersona.AndroidId), ("mac", "00005E0053AF"), ("pccc", CorpusPersona.Pccc), ("rrn", CorpusPersona.Rrn.Replace("-", "", StringComparison.Ordinal)),
        ("user_id", CorpusPersona.UserId),
    ];

    /// <summary>Whole digests of rare values, found anywhere.</summary>
    public static IEnumerable<Value> Rare => Hashed.SelectMany((form, i) => Ways(form.Form, i).Distinct(StringComparer.Ordinal).Select(digest => Value.Of(form.Item, form.Form, Evidence.Known).Hashed(digest)));

    /// <summary>Digests that need their key: of values of which there are few, and those that are cut short.</summary>
    public static IEnumerable<(string Key, Value Value)> ByKey =>
    [
        .. new (string Key, string Item, string Form)[]
        {
            ("ud[db]", "dob", "19910417"), ("udff[ge]", "gender", "f"), ("ud[zp]", "postcode", CorpusPersona.Postcode), ("udff[fn]", "name", "solbom"), ("udff[ln]", "name", "dokgo"),
            ("user_data.birth", "dob", "1991-04-17"), ("customer_gender", "gender", "F"),
        }.Select(low => (low.Key, Value.Of(low.Item, low.Form, Evidence.KnownByKey).Hashed(Hex(SHA256.HashData(Utf8(low.Form)))))),
        .. new (string Key, string Item, string Digest)[]
        {
            ("email_hash", "email", Hex(SHA256.HashData(Utf8("solbom.dokgo@gmail.com")))[..16]), ("hashed_email", "email", Hex(MD5.HashData(Utf8("solbom.dokgo@gmail.com")))[8..24]),
            ("phone_md5", "phone", Hex(MD5.HashData(Utf8("01000004821")))[..16]), ("imei_md5", "imei", Hex(MD5.HashData(Utf8(CorpusPersona.Imei)))[8..24]),
            ("email", "email", $"{Crc32.HashToUInt32(Utf8("solbom.dokgo@gmail.com")):x8}"), ("oaid_sha1", "oaid", Hex(SHA1.HashData(Utf8(CorpusPersona.Oaid)))[..32]),
        }.Select(cut => (cut.Key, Value.Of(cut.Item, cut.Digest, Evidence.KnownByKey).Hashed(cut.Digest))),
    ];

    private static IEnumerable<string> Ways(string form, int index)
    {
        var bytes = Utf8(form);
        yield return Hex(SHA256.HashData(bytes));
        yield return Hex(MD5.HashData(bytes));
        yield return Hex(Hashes[index % Hashes.Length].Hash(bytes)).ToUpperInvariant();
        yield return Hex(SHA256.HashData(Utf8(Hex(MD5.HashData(bytes)))));
        yield return index % 2 == 0 ? Convert.ToBase64String(SHA256.HashData(bytes)) : System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(bytes));
        yield return (index % 5) switch
        {
            0 => Convert.ToBase64String(SHA1.HashData(bytes)),
            1 => Hex(MD5.HashData(Utf8(Hex(MD5.HashData(bytes))))),
            2 => Hex(SHA1.HashData(Utf8(Hex(MD5.HashData(bytes))))),
            3 => Hex(SHA512.HashData(bytes)),
            _ => Hex(SHA256.HashData(Utf8(form + "QX4QkKEU"))),
        };
        yield return Hex(SHA1.HashData(bytes));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Sha224(byte[] bytes)
    {
        var digest = new Sha224Digest();
        digest.BlockUpdate(bytes, 0, bytes.Length);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    private static byte[] Sha3(byte[] bytes)
    {
        var digest = new Sha3Digest(256);
        digest.BlockUpdate(bytes, 0, bytes.Length);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }
}
