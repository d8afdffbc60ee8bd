using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>
/// Territories with a code of their own that belong to a state, so that a database which gives the state's code for an address there is not wrong.
/// Hong Kong, Macao and Taiwan are none here: the databases and the laws on transfers tell them from CN.
/// </summary>
internal static class Dependencies
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> ByState = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AU"] = "CC CX HM NF",
        ["DK"] = "FO GL",
        ["FI"] = "AX",
        ["FR"] = "BL GF GP MF MQ NC PF PM RE TF WF YT",
        ["GB"] = "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
        ["NL"] = "AW BQ CW SX",
        ["NO"] = "BV SJ",
        ["NZ"] = "CK NU TK",
        ["US"] = "AS GU MP PR UM VI",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' ').ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>A state's territories; none for most.</summary>
    public static ImmutableArray<string> Of(string state) => ByState.GetValueOrDefault(state, []);
}
