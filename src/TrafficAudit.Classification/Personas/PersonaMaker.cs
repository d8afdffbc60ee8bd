using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>
/// Makes test identities: valid in form, so that forms take them, rare, so that a hit is certain, and clearly nobody's. Places do not exist, the domain is reserved
/// (RFC 2606), telephone numbers lie in ranges that are not given to anybody, and a customs code of the year 00 was never issued.
/// </summary>
/// <param name="random">Where the choices come from.</param>
public sealed class PersonaMaker(Random random)
{
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";
    private static readonly string[] FamilyNames = ["어금", "망절", "소봉", "강전", "독고", "제갈", "황보", "남궁"];
    private static readonly string[] Syllables = ["온", "달", "샘", "결", "누", "솔", "별", "참", "얼", "갈", "늘", "봄", "울", "빛", "찬", "들"];

    /// <summary>A Korean identity.</summary>
    /// <param name="name">What the persona is called; null for its own name.</param>
    public Persona Korean(string? name = null)
    {
        var person = Pick(FamilyNames) + Pick(Syllables) + Pick(Syllables);
        var login = Word(3) + Digits(4);
        var street = $"강원특별자치도 가상군 {Pick(Syllables)}{Pick(Syllables)}면 {Pick(Syllables)}{Pick(Syllables)}{Pick(Syllables)}로 {random.Next(1000, 9999)}번길 {random.Next(11, 98)}";
        return Named(name ?? person,
        [
            new("name", person),
            new("phone", $"010-0000-{Digits(4)}"),
            new("email", $"{login}.{Word(3)}@example.com"),
            new("postal_address", $"{street}, {random.Next(101, 130)}동 {random.Next(1101, 1999)}호"),
            new("postcode", $"{random.Next(63_645, 63_999)}"),
            new("pccc", $"P00{Digits(10)}"),
            .. Rest(login),
        ]);
    }

    /// <summary>An identity from elsewhere, with an English address and a telephone number of the range for fiction (555-01xx).</summary>
    /// <param name="name">What the persona is called; null for its own name.</param>
    public Persona Foreign(string? name = null)
    {
        var person = $"{Capital(Word(2))} {Capital(Word(3))}";
        var login = Word(3) + Digits(4);
        return Named(name ?? person,
        [
            new("name", person),
            new("phone", $"+1 {random.Next(202, 989)}-555-01{Digits(2)}"),
            new("email", $"{login}.{Word(3)}@example.com"),
            new("postal_address", $"{random.Next(1000, 9999)} {Capital(Word(3))} Street, {Capital(Word(3))}, ZZ 00000"),
            .. Rest(login),
        ]);
    }

    private static Persona Named(string name, ImmutableArray<PersonaValue> values) => new(name, values);

    private ImmutableArray<PersonaValue> Rest(string login) =>
    [
        new("dob", new DateOnly(random.Next(1975, 2004), random.Next(1, 13), random.Next(13, 29)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("gender", random.Next(2) == 0 ? "F" : "M"),
        new("nickname", Word(4) + Digits(2)),
        new("user_id", login),
        new("password", $"{Capital(Word(3))}-{Word(3)}-{Digits(4)}"),
    ];

    private string Pick(string[] words) => words[random.Next(words.Length)];

    private string Word(int syllables) =>
        string.Concat(Enumerable.Range(0, syllables).Select(_ => $"{Consonants[random.Next(Consonants.Length)]}{Vowels[random.Next(Vowels.Length)]}"));

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10).ToString(CultureInfo.InvariantCulture)));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
