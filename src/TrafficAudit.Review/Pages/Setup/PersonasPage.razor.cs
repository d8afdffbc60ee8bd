using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Pages.Setup;

/// <summary>The personas of the case: listed without values, revealed one by one, saved as another version.</summary>
public sealed partial class PersonasPage : SetupPage
{
    private const int MostValues = 1_000;

    // What one message of the live connection takes; a longer file goes through 'analyze --persona'.
    private const int MostPasted = 8_000;

    private readonly List<EditedValue> _values = [new()];

    // Null while the journal is being read, which takes a while where there is much evidence.
    private IReadOnlyList<PersonaRow>? _rows;
    private string _name = "";
    private string _json = "";
    private bool _isEdited;

    private static bool IsKorean => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";

    private IEnumerable<EditedValue> Filled => _values.Where(v => v.Text.Trim().Length > 0);

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ReadAsync() => _rows = Parts is null ? [] : await Parts.Personas.ListAsync(Leaving);

    private static string WordOf(ValueTrust trust) => trust switch
    {
        ValueTrust.Strong => "strong",
        ValueTrust.Weak => "weak",
        ValueTrust.TooShort => "too short",
        _ => "too common",
    };

    /// <summary>What the value is worth beside those before it; null while it is empty.</summary>
    private CheckedValue? Worth(EditedValue value)
    {
        if (value.Text.Trim().Length == 0)
        {
            return null;
        }

        var before = Filled.TakeWhile(v => v != value).Append(value).Select(v => new PersonaValue(v.Item, v.Text));
        return PersonaCheck.Of(new Persona("", [.. before]))[^1];
    }

    private void AddValue() => _values.Add(new EditedValue());

    private void Clear() => Show("", [], isEdited: false);

    private void Show(string name, ImmutableArray<PersonaValue> values, bool isEdited)
    {
        (_name, _isEdited) = (name, isEdited);
        _values.Clear();
        _values.AddRange(values.Select(v => new EditedValue { Item = v.Item, Text = v.Value }));
        if (_values.Count == 0)
        {
            AddValue();
        }
    }

    private Task EditAsync(PersonaRow row) => DoAsync(async () =>
    {
        var persona = await Parts!.Personas.RevealAsync(Person, row.Name, Leaving);
        Show(persona.Name, persona.Values, isEdited: true);
        return L["Values are revealed; that is in the journal."];
    });

    private Task TakeAsync() => DoAsync(() =>
    {
        try
        {
            var persona = PersonaFile.Of(Encoding.UTF8.GetBytes(_json), "persona");
            Show(_name.Length > 0 && persona.Name == "persona" ? _name : persona.Name, persona.Values, isEdited: false);
            _json = "";
            return Task.FromResult<string?>(null);
        }
        catch (PersonaFileException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    });

    private Task SaveAsync() => DoAsync(async () =>
    {
        var persona = new Persona(_name, [.. Filled.Select(v => new PersonaValue(v.Item, v.Text.Trim()))]);
        if (!await Parts!.Personas.SaveAsync(Person, persona, Leaving))
        {
            return L["It is in the case just so."];
        }

        Clear();
        return Parts.Sessions is null
            ? L["Saved in the journal. 'trafficaudit analyze' searches what is recorded for its values."]
            : L["Saved in the journal. Flows from now on are searched for its values; 'trafficaudit analyze' searches those before."];
    });

    private sealed class EditedValue
    {
        public string Item { get; set; } = "phone";

        public string Text { get; set; } = "";
    }
}
