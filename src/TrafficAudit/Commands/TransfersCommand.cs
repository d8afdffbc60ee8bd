using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>transfers</c>: which item went to which recipient in which country, as rows or as pictures.</summary>
internal static class TransfersCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var reveal = CommonOptions.Reveal();
        var options = new ResultOptions
        {
            Format = CommonOptions.Format("table", "json", "csv"),
            Filter = CommonOptions.Filter(),
            Profile = CommonOptions.Profile(),
        };
        var map = SessionOptions.Text("--map", "Draws a map of the world into this file (SVG), in the place of rows.", "FILE");
        var matrix = SessionOptions.Text("--matrix", "Draws items against recipients into this file (SVG), in the place of rows.", "FILE");
        var command = new Command("transfers", "Lists which item went to which recipient in which country.") { caseName, reveal, map, matrix };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = options.Read("transfers", parsed, parsed.GetValue(reveal), Console.IsOutputRedirected ? null : Console.WindowWidth);
            var pictures = new[] { ("map", parsed.GetValue(map)), ("matrix", parsed.GetValue(matrix)) };
            foreach (var (kind, file) in pictures)
            {
                if (file is not null)
                {
                    await DrawAsync(request with { Format = kind }, file, parsed, parsed.GetValue(caseName)!, cancellation);
                }
            }

            if (pictures.All(picture => picture.Item2 is null))
            {
                await ResultCommands.WriteAsync(request, parsed, parsed.GetValue(caseName)!, cancellation);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task DrawAsync(ResultRequest request, string file, ParseResult parsed, string caseName, CancellationToken cancellation)
    {
        using var picture = new MemoryStream();
        await ResultCommands.WriteAsync(request, parsed, caseName, picture, cancellation);
        try
        {
            await using var target = File.Create(file);
            picture.WriteTo(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} can't be written: {e.Message}", e);
        }

        await Console.Error.WriteLineAsync($"{file}: {request.Format} of transfers drawn");
    }
}
