using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Api.Describing;

/// <summary>The parameters of an endpoint.</summary>
/// <param name="All">Each of them.</param>
/// <param name="TakesMore">Whether the query may hold others, which the endpoint looks at itself.</param>
internal sealed record ApiParameters(ImmutableArray<ApiParameter> All, bool TakesMore = false)
{
    /// <summary>No parameters.</summary>
    public static ApiParameters None { get; } = new([]);

    /// <summary>Holds the query of a request to what is said of it: a name that is misspelt would be a filter that is not applied.</summary>
    /// <exception cref="ApiFaultException">A parameter is unknown, wrong, or given more than once.</exception>
    public void Check(HttpRequest request)
    {
        foreach (var (name, values) in request.Query)
        {
            var known = All.FirstOrDefault(p => p.Place == ParameterPlace.Query && p.Name == name);
            var fault = known is null && !TakesMore ? Unknown()
                : values.Count != 1 ? "A parameter is given more than once."
                : known?.FaultIn(values.ToString());
            if (fault is not null)
            {
                throw new ApiFaultException(StatusCodes.Status400BadRequest, fault);
            }
        }
    }

    // The name itself is not repeated: nobody knows what it holds.
    private string Unknown()
    {
        var names = string.Join(", ", All.Where(p => p.Place == ParameterPlace.Query).Select(p => p.Name));
        return names.Length == 0 ? "There are no parameters here." : $"There is a parameter that is unknown here: the parameters are {names}.";
    }
}
