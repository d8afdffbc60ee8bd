namespace TrafficAudit.Review.Api.Describing;

/// <summary>Where in a request a parameter stands.</summary>
internal enum ParameterPlace
{
    /// <summary>Behind the question mark.</summary>
    Query,

    /// <summary>In the path.</summary>
    Path,

    /// <summary>In a header.</summary>
    Header,
}
