namespace TrafficAudit.Model;

/// <summary>A flow as lists show it: what is filtered, sorted and grouped by.</summary>
public sealed record FlowSummary
{
    /// <inheritdoc cref="FlowMetadata.Number"/>
    public required long Number { get; init; }

    /// <inheritdoc cref="FlowMetadata.Kind"/>
    public required FlowKind Kind { get; init; }

    /// <inheritdoc cref="FlowMetadata.Started"/>
    public required DateTimeOffset Time { get; init; }

    /// <inheritdoc cref="FlowMetadata.Duration"/>
    public TimeSpan? Duration { get; init; }

    /// <inheritdoc cref="FlowMetadata.Connection"/>
    public long? Connection { get; init; }

    /// <inheritdoc cref="FlowMetadata.Session"/>
    public string? Session { get; init; }

    /// <inheritdoc cref="FlowMetadata.Phase"/>
    public string? Phase { get; init; }

    /// <inheritdoc cref="FlowMetadata.Device"/>
    public string? Device { get; init; }

    /// <inheritdoc cref="FlowMetadata.LabPosition"/>
    public GeoPosition? LabPosition { get; init; }

    /// <summary>The request's method; empty for opaque flows.</summary>
    public required string Method { get; init; }

    /// <inheritdoc cref="FlowMetadata.Scheme"/>
    public required string Scheme { get; init; }

    /// <inheritdoc cref="FlowMetadata.Host"/>
    public required string Host { get; init; }

    /// <inheritdoc cref="FlowMetadata.Port"/>
    public required int Port { get; init; }

    /// <summary>The path of the request's target without its query, as sent.</summary>
    public required string Path { get; init; }

    /// <summary>The response's status code; null when no response came.</summary>
    public int? Status { get; init; }

    /// <summary>The response's media type; empty when it names none.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Messages of a WebSocket, both ways; 0 for other flows.</summary>
    public long Messages { get; init; }

    /// <summary>Bytes of body, of messages, or of an opaque connection, towards the server.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes of body, of messages, or of an opaque connection, from the server.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Of <see cref="BytesSent"/>, those beyond the capture limit: counted, but neither kept nor read.</summary>
    public long UnkeptSent { get; init; }

    /// <summary>Of <see cref="BytesReceived"/>, those beyond the capture limit: counted, but neither kept nor read.</summary>
    public long UnkeptReceived { get; init; }

    /// <summary>The address connected to; null when there was none.</summary>
    public string? Address { get; init; }

    /// <summary>Server country, ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>How sure the country is.</summary>
    public CountryGrade CountryGrade { get; init; }

    /// <summary>True when the address was looked up at import, not recorded (<see cref="ObservationSource.ResolvedLater"/>).</summary>
    public bool IsResolvedLater { get; init; }

    /// <summary>The organisation behind the host.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Where that organisation is registered, ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? RecipientCountry { get; init; }

    /// <inheritdoc cref="Model.Recipient.GroupCountry"/>
    public string? GroupCountry { get; init; }

    /// <inheritdoc cref="Model.Recipient.Carrier"/>
    public string? Carrier { get; init; }

    /// <inheritdoc cref="Model.Recipient.Cloaks"/>
    public string? Cloaks { get; init; }

    /// <inheritdoc cref="FlowMetadata.Failure"/>
    public FlowFailure? Failure { get; init; }

    /// <summary>True when a bound ended the decoding early: what was not found may still be there.</summary>
    public bool DecodingTruncated { get; init; }

    /// <summary>True when bodies or messages beyond the capture limit were counted only.</summary>
    public bool CaptureTruncated { get; init; }

    /// <summary>True when bytes of a WebSocket passed that could not be read as messages.</summary>
    public bool MessagesUnreadable { get; init; }

    /// <summary>True when the flow's content was erased: nothing can be found in it.</summary>
    public bool IsErased { get; init; }
}

/// <summary>What analysis makes of a flow; the index holds these and can be made again from the evidence.</summary>
/// <param name="Summary">The flow.</param>
/// <param name="Findings">The personal data found in it.</param>
public sealed record AnalyzedFlow(FlowSummary Summary, IReadOnlyList<Finding> Findings);
