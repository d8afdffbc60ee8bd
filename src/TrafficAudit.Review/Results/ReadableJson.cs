using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TrafficAudit.Review.Results;

/// <summary>How text stands in the JSON of results.</summary>
public static class ReadableJson
{
    /// <summary>Text stays readable: Korean is not escaped; what could end a script or break a terminal is.</summary>
    public static JavaScriptEncoder Encoder { get; } = Readable();

    private static JavaScriptEncoder Readable()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);

        // Control characters are escaped anyway; what turns the writing round or can't be seen is not.
        settings.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format)]);
        return JavaScriptEncoder.Create(settings);
    }
}
