using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>A transfer: an item that went to a recipient in a country.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Recipient">The organisation.</param>
/// <param name="Country">The server's country, ISO 3166-1 alpha-2; null when unknown.</param>
public sealed record TransferSubject(string Item, string Recipient, string? Country) : Subject
{
    /// <summary>The subject that a transfer is.</summary>
    public static TransferSubject Of(Transfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return new TransferSubject(transfer.Item, transfer.Recipient, transfer.Country);
    }
}
