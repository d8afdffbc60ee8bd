using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>What the access file says. Of passwords and tokens it holds what proves them, never themselves.</summary>
internal sealed record AccessBook(int Version, ImmutableArray<AccessBook.UserRow> Users, ImmutableArray<AccessBook.TokenRow> Tokens)
{
    private const int Known = 1;

    public static AccessBook Empty { get; } = new(Known, [], []);

    /// <exception cref="RejectedRequestException">The file is damaged; the message names it and says what to do.</exception>
    public static AccessBook Parse(byte[]? content, string path)
    {
        try
        {
            return content is null ? Empty
                : JsonSerializer.Deserialize(content, AccessJson.Default.AccessBook) is { Version: Known } book && book.IsWhole ? book
                : throw new JsonException($"it is no list of users of version {Known}, or one of its rows is incomplete");
        }
        catch (JsonException e)
        {
            throw new RejectedRequestException(
                $"{path} is damaged ({e.Message.ReplaceLineEndings(" ")}); put a copy of it back, or move it away and add the users again", e);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AccessJson.Default.AccessBook);

    [JsonIgnore]
    private bool IsWhole =>
        !Users.IsDefault && Users.All(u => u is { Name: not null, PasswordHash: not null })
        && !Tokens.IsDefault && Tokens.All(t => t is { Name: not null, Sha256.Length: 64 });

    internal sealed record UserRow(string Name, Role Role, string PasswordHash, DateTimeOffset Added);

    internal sealed record TokenRow(string Name, Role Role, string Sha256, DateTimeOffset Created, DateTimeOffset? Expires, DateOnly? LastUsed);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccessBook))]
internal sealed partial class AccessJson : JsonSerializerContext;
