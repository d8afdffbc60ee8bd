using System.CommandLine;
using TrafficAudit.Access;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Commands;

/// <summary><c>users</c>: who may sign in on the review page. A program that shows it takes changes over at once.</summary>
internal static class UsersCommand
{
    private static readonly string[] Columns = ["Name", "Role", "Added"];

    public static Command Create()
    {
        var command = new Command("users", "Who may sign in on the review page.") { List(), Add(), Password(), SetRole(), Remove() };
        return command;
    }

    /// <summary>A role as an option.</summary>
    internal static Option<string> RoleOption()
    {
        var option = new Option<string>("--role") { Description = "What is allowed.", HelpName = string.Join('|', Token.All<Role>()), Required = true };
        option.AcceptOnlyFromAmong([.. Token.All<Role>()]);
        return option;
    }

    internal static Role RoleOf(string token) => Token.TryParse<Role>(token, out var role) ? role : throw new InputException($"There is no role '{token}'");

    private static Argument<string> Name() => new("name") { Description = "The user's name.", HelpName = "NAME" };

    private static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "A file whose first line is the password. Without it: a question on the terminal.",
        HelpName = "FILE",
    };

    private static Users UsersOf(ParseResult parsed) => new(new AccessList(UsersFile.Open(parsed.GetValue(CommonOptions.Home)!)), TimeProvider.System);

    private static Command List()
    {
        var command = new Command("list", "Lists the users.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var output = Console.OpenStandardOutput();
            var rows = UsersOf(parsed).List().Select(u => new[] { u.Name, Token.Of(u.Role), $"{u.Added.UtcDateTime:yyyy-MM-dd}" });
            await TableOutput.WriteAsync(output, Console.IsOutputRedirected ? null : Console.WindowWidth, Columns, rows.ToAsyncEnumerable(), int.MaxValue, "", cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var (name, role, file) = (Name(), RoleOption(), PasswordFile());
        var command = new Command("add", "Adds a user.") { name, role, file };
        command.SetAction(parsed =>
        {
            var user = parsed.GetValue(name)!;
            UsersOf(parsed).Add(user, RoleOf(parsed.GetValue(role)!), NewPassword.Of(user, parsed.GetValue(file)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Password()
    {
        var (name, file) = (Name(), PasswordFile());
        var command = new Command("password", "Gives a user another password and ends the user's sessions.") { name, file };
        command.SetAction(parsed =>
        {
            var user = parsed.GetValue(name)!;
            UsersOf(parsed).SetPassword(user, NewPassword.Of(user, parsed.GetValue(file)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command SetRole()
    {
        var name = Name();
        var role = new Argument<string>("role") { Description = "What the user may do from now on.", HelpName = string.Join('|', Token.All<Role>()) };
        role.AcceptOnlyFromAmong([.. Token.All<Role>()]);
        var command = new Command("role", "Gives a user another role and ends the user's sessions.") { name, role };
        command.SetAction(parsed =>
        {
            UsersOf(parsed).SetRole(parsed.GetValue(name)!, RoleOf(parsed.GetValue(role)!));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var name = Name();
        var command = new Command("remove", "Removes a user and ends the user's sessions.") { name };
        command.SetAction(parsed =>
        {
            UsersOf(parsed).Remove(parsed.GetValue(name)!);
            return ExitCode.Done;
        });
        return command;
    }
}
