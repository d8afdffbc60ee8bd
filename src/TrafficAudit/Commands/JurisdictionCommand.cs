using System.CommandLine;
using System.Globalization;
using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>jurisdiction</c>: what a country is to a jurisdiction's rules on transfers abroad, and where that is said.</summary>
internal static class JurisdictionCommand
{
    public static Command Create()
    {
        var countries = new Argument<string[]>("countries")
        {
            Description = "Codes of countries (ISO 3166-1). Without: the whole profile.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "COUNTRY",
        };
        var profile = CommonOptions.Profile();
        profile.DefaultValueFactory = _ => "kr";
        var day = new Option<string?>("--date") { Description = "The day of the transfer; today without it.", HelpName = "YYYY-MM-DD" };
        var command = new Command("jurisdiction", "Says what countries are to a jurisdiction's rules on transfers abroad, since when, on which condition, and by which source.")
        {
            countries, profile, day,
        };
        command.SetAction(async (parsed, _) =>
        {
            var on = DayOf(parsed.GetValue(day));
            var rules = JurisdictionProfile.Load(parsed.GetValue(CommonOptions.GeoData), parsed.GetValue(profile)!);
            await Console.Out.WriteLineAsync($"{rules.Name}; as of {Text(rules.AsOf)}, for transfers on {Text(on)}");
            await Console.Out.WriteLineAsync(parsed.GetValue(countries) is { Length: > 0 } asked
                ? string.Join('\n', asked.Select(country => Judged(rules, country, on)))
                : JurisdictionText.Of(rules));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Judged(JurisdictionProfile rules, string text, DateOnly on)
    {
        var country = text.ToUpperInvariant();
        if (!IsoCountries.Has(country))
        {
            throw new InputException(country == "UK" ? "UK is no country's code: the United Kingdom is GB" : $"{text} is no country's code (ISO 3166-1), such as KR or DE");
        }

        var (standing, row) = rules.Judge(country, on);
        return $"{country}  {Token.Of(standing)}{(row is null ? "\n    no row of the profile names it: a transfer needs another ground" : JurisdictionText.Of(row))}";
    }

    private static DateOnly DayOf(string? text) =>
        text is null ? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InputException($"--date {text}: write a day as 2026-01-31");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
