using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Pages;

/// <summary>Who may sign in and which programs may come: added, changed and removed by investigators.</summary>
public sealed partial class UsersPage : ComponentBase
{
    private IReadOnlyList<User> _users = [];
    private IReadOnlyList<ClientToken> _tokens = [];
    private string? _fault;
    private string? _secret;

    private string _name = "";
    private string _password = "";
    private string _reset = "";
    private Role _role;
    private string _tokenName = "";
    private Role _tokenRole;
    private int? _days;

    [CascadingParameter]
    private Person Person { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    private Users? Users => Services.GetService<Users>();

    private ClientTokens? Tokens => Services.GetService<ClientTokens>();

    /// <inheritdoc/>
    protected override void OnInitialized() => Do(() => { });

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d", CultureInfo.CurrentCulture);

    private void AddUser() => Do(() =>
    {
        Users!.Add(_name, _role, _password);
        (_name, _password) = ("", "");
    });

    private void SetRole(User user, ChangeEventArgs change) => Do(() =>
    {
        if (Enum.TryParse<Role>(change.Value as string, out var role) && Enum.IsDefined(role))
        {
            Users!.SetRole(user.Name, role);
        }
    });

    private void SetPassword(User user) => Do(() =>
    {
        Users!.SetPassword(user.Name, _reset);
        _reset = "";
    });

    private void CreateToken() => Do(() =>
    {
        _secret = Tokens!.Create(_tokenName, _tokenRole, _days);
        _tokenName = "";
    });

    /// <summary>Carries out a change and reads again; what is wrong is said, in the words of the commands.</summary>
    private void Do(Action change)
    {
        // The page asked for the role when it was opened; what it changes asks once more.
        if (!Person.MaySetUp)
        {
            return;
        }

        (_fault, _secret) = (null, null);
        try
        {
            change();
            _users = Users?.List() ?? [];
            _tokens = Tokens?.List() ?? [];
        }
        catch (Exception e) when (e is RejectedRequestException or IOException or UnauthorizedAccessException)
        {
            _fault = e.Message;
        }
    }
}
