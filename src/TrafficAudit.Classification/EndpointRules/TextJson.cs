using System.Text.Json.Serialization;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Texts as JSON quotes them.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
