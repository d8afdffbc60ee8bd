using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>What the page of transfers shows, as its address says: <c>?as=matrix&amp;consent=before&amp;filter=…</c>.</summary>
/// <param name="Form">How they are shown.</param>
/// <param name="Consent">On which side of the answer to the question for consent.</param>
/// <param name="Filter">Only what this lets through; empty for everything.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransfersAddress(TransferForm Form, Consent Consent, string Filter)
{
    /// <summary>The filter with that of the consent on top of it.</summary>
    public string EffectiveFilter => FilterText.And(Filter, Consent == Consent.Both ? "" : $"consent:{Token.Of(Consent)}");

    /// <summary>Reads the parameters as they stand in the address; what makes no sense is taken as absent.</summary>
    public static TransfersAddress Parse(string? form, string? consent, string filter) => new(
        Token.TryParse<TransferForm>(form, out var shown) ? shown : TransferForm.Table,
        Token.TryParse<Consent>(consent, out var side) ? side : Consent.Both,
        filter);

    /// <summary>As a link.</summary>
    public override string ToString()
    {
        string[] parameters =
        [
            .. Form == TransferForm.Table ? [] : new[] { $"as={Token.Of(Form)}" },
            .. Consent == Consent.Both ? [] : new[] { $"consent={Token.Of(Consent)}" },
            .. Filter.Length == 0 ? [] : new[] { $"filter={Uri.EscapeDataString(Filter)}" },
        ];
        return parameters.Length == 0 ? PageAddress.Transfers : $"{PageAddress.Transfers}?{string.Join('&', parameters)}";
    }
}
