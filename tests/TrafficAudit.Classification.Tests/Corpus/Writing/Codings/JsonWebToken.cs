namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>A compact JSON web token (RFC 7519) with a signature of random bytes.</summary>
internal static class JsonWebToken
{
    public static Value ToToken(this Tree payload, Chance chance)
    {
        var claims = payload.ToJson();
        string Part(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        var head = Part("""{"alg":"RS256","typ":"JWT","kid":"k1"}"""u8.ToArray());
        return new Value($"{head}.{Part(claims.Bytes)}.{Part(chance.Bytes(64))}", [.. claims.Places.Select(placed => placed.Under("payload"))]);
    }
}
