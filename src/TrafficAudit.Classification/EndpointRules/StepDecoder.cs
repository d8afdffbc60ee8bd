using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.EndpointRules.Values;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// The decoding steps of rules. Most of what they ask for is in the decoded tree already and is found there; what the decoder had no evidence for, since
/// only the rule knows the format, is decoded here, within the decoder's own bounds. Made for one message, used by one thread.
/// </summary>
internal sealed class StepDecoder(DecodingLimits limits, TimeProvider time)
{
    private DecodingRun? _run;

    /// <summary>Whether a bound ended a step.</summary>
    public bool Truncated => _run?.Truncated == true;

    /// <summary>Adds what a step makes of <paramref name="input"/>; nothing when it is not what the step says.</summary>
    public void Decode(RuleStep step, RuleValue input, List<RuleValue> made)
    {
        if (step.Function == RuleFunction.EnsureArray)
        {
            made.Add(FieldMembers.Of(input.Field) is [{ Index: >= 0 }, ..] ? input : new RuleValue(input.Field) { IsElement = true });
            return;
        }

        if (input.Field is not { } field)
        {
            return;
        }

        if (step.Function == RuleFunction.Split)
        {
            Split(field, step.Separator!, made);
        }
        else if (Decoded(step.Function, field) is { } decoded)
        {
            made.Add(new RuleValue(decoded) { IsElement = input.IsElement });
        }
    }

    private Field? Decoded(RuleFunction function, Field field) => function switch
    {
        RuleFunction.DecodeJwt => Payload(IsDecoded(field) ? field : Under(field, (run, holder, text) => JwtDecoder.TryDecode(run, holder, text))),
        _ when IsDecoded(field) => field,
        RuleFunction.ParseJson => Under(field, (run, holder, text) => JsonDecoder.TryDecodeText(run, holder, Encoding.UTF8.GetBytes(text))),
        RuleFunction.ParseQueryString => Under(field, Form),
        RuleFunction.DecodeBase64 => FieldMembers.Innermost(field) is var inner && inner != field ? inner : Under(field, Base64)?.Children[0],
        RuleFunction.DecodeUrl => Under(field, Percent)?.Children[0] ?? field,
        RuleFunction.DecodeProtobuf => Protobuf(field),
        _ => field, // the decoder unpacks whatever has gzip's mark
    };

    private static bool IsDecoded(Field field) => FieldMembers.Of(field).Count > 0;

    private static Field? Payload(Field? token) => token is null ? null : FieldMembers.Of(token).FirstOrDefault(member => member.Key == "payload");

    private static bool Form(DecodingRun run, Field holder, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text[(text.IndexOf('?') + 1)..]);
        if (!run.TryStep(Scope.Under(holder), Decodings.Form, utf8.Length, out var scope))
        {
            return false;
        }

        FormDecoder.Decode(run, scope, utf8);
        return true;
    }

    private static bool Percent(DecodingRun run, Field holder, string text)
    {
        var percent = default(Scope?);
        LeafDecoder.AddEncoded(run, Scope.Under(holder), ref percent, null, -1, Encoding.UTF8.GetBytes(text), 0, plusIsSpace: false);
        return true;
    }

    private static bool Base64(DecodingRun run, Field holder, string text)
    {
        var digits = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[digits.Length];
        if (!Convert.TryFromBase64String(digits.PadRight((digits.Length + 3) / 4 * 4, '='), bytes, out var length)
            || !run.TryStep(Scope.Under(holder), Decodings.Base64, length, out var scope))
        {
            return false;
        }

        BodyDecoder.Decode(run, scope, null, -1, bytes.AsMemory(0, length), ContentType.None);
        return true;
    }

    private Field? Protobuf(Field field)
    {
        var inner = FieldMembers.Innermost(field);
        var bytes = inner.Text is { } text ? Encoding.UTF8.GetBytes(text) : inner.Bytes;
        return bytes.IsEmpty ? null : Under(inner, (run, holder, _) => ProtobufDecoder.TryDecode(run, Scope.Under(holder), null, -1, bytes, isLabelled: true));
    }

    // A field beside the decoded tree, which stays as it was: its path and place are those of the field it comes from.
    private Field? Under(Field field, Func<DecodingRun, Field, string, bool> decode)
    {
        var run = _run ??= new DecodingRun(field.Message, limits, time);
        var holder = new Field
        {
            Parent = field, Message = field.Message, Part = field.Part, Kind = FieldKind.Text, Text = field.Text, Decodings = field.Decodings,
            Start = field.Start, Length = field.Length,
        };
        var mark = run.Mark;
        if (run.Exhausted || (field.Text is null && field.Bytes.IsEmpty) || !decode(run, holder, field.Text ?? ""))
        {
            run.Undo(mark);
            return null;
        }

        run.Close(holder, mark);
        return holder.Children.Count > 0 ? holder : null;
    }

    private static void Split(Field field, string separator, List<RuleValue> made)
    {
        var pieces = (field.Text ?? "").Split(separator);
        for (var i = 0; i < Math.Min(pieces.Length, RulePath.MostValues); i++)
        {
            var piece = new Field
            {
                Parent = field, Message = field.Message, Part = field.Part, Index = i, Kind = FieldKind.Text, Text = pieces[i], Decodings = field.Decodings,
                Start = field.Start, Length = field.Length,
            };
            made.Add(new RuleValue(piece) { IsElement = true });
        }
    }
}
