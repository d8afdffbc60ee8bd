using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.Packs;

namespace TrafficAudit.Classification.Rules;

/// <summary>A salt with which known values were seen to be hashed.</summary>
/// <param name="Name">As findings list it in <c>encodings</c>.</param>
/// <param name="Digest">What is made of value and salt: a name of <see cref="Personas.Transformation"/>.</param>
/// <param name="Prefix">What is put before the value.</param>
/// <param name="Suffix">What is put behind it.</param>
internal sealed record Salt(string Name, string Digest, string Prefix, string Suffix)
{
    public byte[] AddTo(byte[] value) => [.. Encoding.UTF8.GetBytes(Prefix), .. value, .. Encoding.UTF8.GetBytes(Suffix)];
}

/// <summary>The salts that are embedded.</summary>
internal static class Salts
{
    public static ImmutableArray<Salt> BuiltIn { get; } =
    [
        .. EmbeddedYaml.Read("Rules/salts.yaml").Mappings("salts").Select(n => new Salt(n.Text("name"), n.Text("digest"), n.Text("prefix"), n.Text("suffix"))),
    ];
}
