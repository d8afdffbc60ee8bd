using System.CommandLine;

namespace TrafficAudit.Access;

/// <summary><c>--review-session</c>: after how long without use people sign in again on the review page.</summary>
internal static class SessionIdleOption
{
    private const double Longest = 24;

    public static Option<double> Create()
    {
        var option = new Option<double>("--review-session")
        {
            Description = "Hours without use after which people have to sign in again on the review page; after 24 they have to in any case.",
            HelpName = "HOURS",
            DefaultValueFactory = _ => 8,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && !(double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= Longest))
            {
                result.AddError("--review-session takes hours, more than 0 and at most 24.");
            }
        });
        return option;
    }
}
