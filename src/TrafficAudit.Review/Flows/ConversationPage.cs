using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Some messages of a WebSocket.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Page">Which page it is, from 1.</param>
/// <param name="HasMore">Whether another one follows.</param>
/// <param name="Messages">The messages.</param>
public sealed record ConversationPage(long Count, int Page, bool HasMore, ImmutableArray<MessageRow> Messages)
{
    /// <summary>Messages of a page.</summary>
    public const int PageSize = 200;
}

/// <summary>One message of a WebSocket.</summary>
/// <param name="Message">Its index, time, direction, type and length; its payload is not kept.</param>
/// <param name="Kept">Bytes of payload that were kept.</param>
/// <param name="Status">A close message's status code (RFC 6455, section 7.4); null for others, and where it has none.</param>
/// <param name="Text">What it says, masked unless revealed; empty for bytes.</param>
/// <param name="Findings">What was found in it.</param>
public sealed record MessageRow(WebSocketMessage Message, int Kept, int? Status, ImmutableArray<Piece> Text, ImmutableArray<int> Findings);
