using System.Text;

namespace TrafficAudit.Index.Filtering;

/// <summary>The end of a path, and a value: <c>NAME</c> or <c>NAME=VALUE</c>.</summary>
internal sealed class FieldPattern
{
    private const string Allowed = "allowed is a field's name, or the end of its path, alone or with a value: field:email, field:user.email=*@example.com, field:\"name=Hong Gildong\"";

    private readonly TextPattern _name;
    private readonly TextPattern? _value;
    private readonly string? _key;

    private FieldPattern(TextPattern name, string? key, TextPattern? value) => (_name, _key, _value) = (name, key, value);

    /// <exception cref="FlowFilterException">The name is missing.</exception>
    public static FieldPattern Parse(FilterValue value)
    {
        var equals = value.Text.IndexOf('=');
        var name = equals < 0 ? value.Text : value.Text[..equals];
        return name.Length == 0
            ? throw new FlowFilterException(value.Position, Allowed)
            : new FieldPattern(
                (value with { Text = name }).Pattern, KeyOf(name), equals < 0 ? null : (value with { Text = value.Text[(equals + 1)..] }).Pattern);
    }

    /// <summary>Whether a field with this nearest key can have the name: cheap, to be asked of every field.</summary>
    public bool MayBeNamed(string? key) => _key is null || _key.Equals(key, StringComparison.OrdinalIgnoreCase);

    public bool HasValue(string? text) => _value is null || (text is not null && _value.Matches(text));

    /// <summary>Whether a path ends in the name, with its places in arrays or without.</summary>
    public bool IsNamed(string path) => Ends(path) || (path.Contains('[') && Ends(WithoutIndexes(path)));

    private bool Ends(ReadOnlySpan<char> path)
    {
        while (!_name.Matches(path))
        {
            var dot = path.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }

            path = path[(dot + 1)..];
        }

        return true;
    }

    // Where the name may span steps or quotes a key, the key alone says nothing.
    private static string? KeyOf(string name) => name.AsSpan().ContainsAny('*', '"', '[') ? null : name[(name.LastIndexOf('.') + 1)..];

    private static string WithoutIndexes(string path)
    {
        var plain = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            var end = path[i] == '[' ? path.IndexOf(']', i) : -1;
            if (end > i + 1 && path.AsSpan(i + 1, end - i - 1).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                i = end;
                continue;
            }

            plain.Append(path[i]);
        }

        return plain.ToString();
    }
}
