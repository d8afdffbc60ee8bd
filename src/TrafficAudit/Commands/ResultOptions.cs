using System.CommandLine;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary>The options that one of the result commands takes beside <c>--case</c> and <c>--reveal</c>; null for those it does not.</summary>
internal sealed class ResultOptions
{
    public Option<string>? Format { get; init; }

    public Option<string?>? Filter { get; init; }

    public Option<bool>? All { get; init; }

    public Option<long>? Flow { get; init; }

    public Option<string>? Path { get; init; }

    public Option<string?>? Message { get; init; }

    public Option<string?>? Part { get; init; }

    public Option<string?>? Profile { get; init; }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option?[] { Format, Filter, All, Flow, Path, Message, Part, Profile })
        {
            if (option is not null)
            {
                command.Add(option);
            }
        }
    }

    /// <summary>What a command was asked for.</summary>
    public ResultRequest Read(string command, ParseResult parsed, bool reveal, int? width)
    {
        return new ResultRequest(command, Of(Format) ?? "table")
        {
            Filter = Of(Filter),
            Reveal = reveal,
            All = Of(All),
            Flow = Flow is null ? null : parsed.GetValue(Flow),
            Path = Of(Path),
            Message = Of(Message),
            Part = Of(Part),
            Profile = Of(Profile),
            Width = width,
        };

        T? Of<T>(Option<T>? option) => option is null ? default : parsed.GetValue(option);
    }
}
