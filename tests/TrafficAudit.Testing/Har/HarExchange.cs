namespace TrafficAudit.Testing.Har;

/// <summary>One entry to be written into a HAR.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The whole URL.</param>
/// <param name="Address">The server's address; null where no connection was made.</param>
public sealed record HarExchange(string Method, string Url, string? Address)
{
    /// <summary>The request's fields in their order, beside <c>Content-Type</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> RequestFields { get; init; } = [];

    /// <summary>Type and text of the request's body.</summary>
    public (string Type, string Text)? RequestBody { get; init; }

    /// <summary>A request body that is no text.</summary>
    public (string Type, byte[] Bytes)? RequestBytes { get; init; }

    /// <summary>The status; 0 when no response came.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The response's fields in their order, beside <c>Content-Type</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> ResponseFields { get; init; } = [];

    /// <summary>Type and text of the response's body.</summary>
    public (string Type, string Text)? ResponseBody { get; init; }

    /// <summary>A response body that is no text.</summary>
    public (string Type, byte[] Bytes)? ResponseBytes { get; init; }

    /// <summary>Why no response came.</summary>
    public string? Error { get; init; }

    /// <summary>WebSocket messages: whether sent, and the text.</summary>
    public IReadOnlyList<(bool Sent, string Text)>? Messages { get; init; }
}
