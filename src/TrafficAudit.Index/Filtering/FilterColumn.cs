namespace TrafficAudit.Index.Filtering;

/// <summary>What flows have values of that can be listed (see <see cref="IOccurringValues"/>).</summary>
public enum FilterColumn
{
    /// <summary>The address connected to.</summary>
    Address,

    /// <summary>The content delivery network that carries the data.</summary>
    Carrier,

    /// <summary>The tracker that a host's name leads to.</summary>
    Cloaks,

    /// <summary>The server's country.</summary>
    Country,

    /// <summary>The device's id.</summary>
    Device,

    /// <summary>The country of the recipient's group.</summary>
    GroupCountry,

    /// <summary>The host.</summary>
    Host,

    /// <summary>Items of findings that count.</summary>
    Item,

    /// <summary>The request's method.</summary>
    Method,

    /// <summary>The phase.</summary>
    Phase,

    /// <summary>The recipient.</summary>
    Recipient,

    /// <summary>The country where the recipient is registered.</summary>
    RecipientCountry,

    /// <summary>The scheme.</summary>
    Scheme,

    /// <summary>The session's id.</summary>
    Session,
}
