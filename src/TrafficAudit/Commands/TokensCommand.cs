using System.CommandLine;
using TrafficAudit.Access;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Commands;

/// <summary><c>tokens</c>: with what programs come to the HTTP API.</summary>
internal static class TokensCommand
{
    private static readonly string[] Columns = ["Name", "Role", "Made", "Expires", "Last used"];

    public static Command Create() => new("tokens", "The tokens with which programs come to the HTTP API.") { List(), Make(), Revoke() };

    private static Argument<string> Name() => new("name") { Description = "The token's name.", HelpName = "NAME" };

    private static ClientTokens TokensOf(ParseResult parsed) => new(new AccessList(UsersFile.Open(parsed.GetValue(CommonOptions.Home)!)), TimeProvider.System);

    private static Command List()
    {
        var command = new Command("list", "Lists the tokens; themselves they are not kept.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var output = Console.OpenStandardOutput();
            await TableOutput.WriteAsync(
                output, Console.IsOutputRedirected ? null : Console.WindowWidth, Columns, TokensOf(parsed).List().Select(Cells).ToAsyncEnumerable(), int.MaxValue, "", cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Cells(ClientToken token) =>
    [
        token.Name,
        Token.Of(token.Role),
        $"{token.Created.UtcDateTime:yyyy-MM-dd}",
        token.Expires is { } end ? $"{end.UtcDateTime:yyyy-MM-dd}" : "never",
        token.LastUsed is { } day ? $"{day:yyyy-MM-dd}" : "never",
    ];

    private static Command Make()
    {
        var (name, role) = (Name(), UsersCommand.RoleOption());
        var expires = new Option<int?>("--expires") { Description = "For how many days it is good. Default: until it is revoked.", HelpName = "DAYS" };
        var command = new Command("create", "Makes a token and prints it, this once.") { name, role, expires };
        command.SetAction(async (parsed, _) =>
        {
            await Console.Out.WriteLineAsync(TokensOf(parsed).Create(parsed.GetValue(name)!, UsersCommand.RoleOf(parsed.GetValue(role)!), parsed.GetValue(expires)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        var name = Name();
        var command = new Command("revoke", "Revokes a token: it is refused from now on.") { name };
        command.SetAction(parsed =>
        {
            TokensOf(parsed).Revoke(parsed.GetValue(name)!);
            return ExitCode.Done;
        });
        return command;
    }
}
