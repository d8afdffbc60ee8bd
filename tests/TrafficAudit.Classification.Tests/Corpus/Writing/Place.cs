using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>A place that findings name.</summary>
/// <param name="Message">Which message of the flow.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Path">Where in the part.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(MessageKind Message, MessagePart Part, string Path)
{
    public static Place Of(FindingLocation location) => new(location.Message, location.Part, location.Path);

    public override string ToString() => $"{Part.ToString().ToLowerInvariant()}:{Path}";
}
