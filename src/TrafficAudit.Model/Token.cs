using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>
/// The stable words that stand for enum members in files, JSON, tables and messages (<c>client_rejected_certificate</c>).
/// A member names its token with <see cref="JsonStringEnumMemberNameAttribute"/>, so that renaming the C# member changes
/// no file. Tokens are never reused for another meaning.
/// </summary>
public static class Token
{
    /// <summary>The token of <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no named member.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Tokens<T>.Names.TryGetValue(value, out var token)
            ? token
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(T).Name} has no such member");

    /// <summary>Finds the member whose token is <paramref name="token"/> (ordinal); false when there is none.</summary>
    public static bool TryParse<T>(string? token, out T value)
        where T : struct, Enum
    {
        value = default;
        return token is not null && Tokens<T>.Values.TryGetValue(token, out value);
    }

    /// <summary>Every token of <typeparamref name="T"/>, in the order of declaration.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Tokens<T>.Ordered;

    private static class Tokens<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyList<string> Ordered = [.. Enum.GetValues<T>().Select(Name)];
        public static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(v => v, Name);
        public static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

        private static string Name(T value) =>
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? throw new InvalidOperationException($"{typeof(T).Name}.{value} has no JsonStringEnumMemberName");
    }
}
