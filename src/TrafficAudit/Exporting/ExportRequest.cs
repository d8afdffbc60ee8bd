using TrafficAudit.Review;

namespace TrafficAudit.Exporting;

/// <summary>What is to be exported, and how. It travels as words, as <see cref="Results.ResultRequest"/> does.</summary>
/// <param name="Format">One of <see cref="Formats"/>.</param>
/// <param name="Filter">A filter expression; empty for everything.</param>
/// <param name="Redact">Whether personal values are replaced.</param>
/// <param name="Reveal">Whether the values of findings and personas are shown unmasked.</param>
/// <param name="File">The name of the file, for the journal; <c>-</c> for standard output.</param>
internal sealed record ExportRequest(string Format, string Filter, bool Redact, bool Reveal, string File)
{
    /// <summary>What the API calls it.</summary>
    public const string Command = "export";

    public static string[] Formats { get; } = ["har", "warc", "wacz", "ndjson", "csv"];

    public IReadOnlyDictionary<string, string> ToOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = Format, ["filter"] = Filter, ["file"] = File };
        if (Redact)
        {
            options["redact"] = "";
        }

        if (Reveal)
        {
            options["reveal"] = "";
        }

        return options;
    }

    /// <exception cref="RejectedRequestException">An option is unknown or wrong.</exception>
    public static ExportRequest Of(IReadOnlyDictionary<string, string> options)
    {
        foreach (var name in options.Keys)
        {
            if (name is not ("format" or "filter" or "file" or "redact" or "reveal"))
            {
                throw new RejectedRequestException($"There is no option '{name}'.");
            }
        }

        var format = options.GetValueOrDefault("format") ?? "";
        return Formats.Contains(format)
            ? new ExportRequest(
                format, options.GetValueOrDefault("filter") ?? "", options.ContainsKey("redact"), options.ContainsKey("reveal"),
                Path.GetFileName(options.GetValueOrDefault("file") ?? "-"))
            : throw new RejectedRequestException($"There is no format '{format}'; there are {string.Join(", ", Formats)}.");
    }
}
