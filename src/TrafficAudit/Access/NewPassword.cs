using TrafficAudit.CommandLine;

namespace TrafficAudit.Access;

/// <summary>
/// Where a user's new password comes from: <c>--password-file</c>, or whoever sits at the terminal. Never the command line, which other users of
/// the machine can read.
/// </summary>
internal static class NewPassword
{
    /// <exception cref="InputException">None is to be had, or the two that were typed differ.</exception>
    public static string Of(string user, string? file) => file is not null
        ? HiddenInput.FirstLine(file, "--password-file")
        : Typed(user);

    private static string Typed(string user)
    {
        var typed = HiddenInput.Ask($"New password of {user}: ") ?? throw new InputException("A password is needed: give it with --password-file FILE");
        return HiddenInput.Ask("The same again: ") == typed ? typed : throw new InputException("The two passwords differ; nothing was changed");
    }
}
