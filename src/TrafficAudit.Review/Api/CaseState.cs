using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TrafficAudit.Review.Api;

/// <summary>Answers whether a client has seen the case as it is: the tag is of this run of the program and of the number of changes in it.</summary>
internal sealed class CaseState(IReviewSource source)
{
    private const int RunDigits = 12;

    private readonly string _run = RandomNumberGenerator.GetHexString(RunDigits, lowercase: true);

    /// <summary>Sets the tag, read before what it stands for; true, with the answer 304, when the client has it (RFC 9110, section 13.1.2).</summary>
    public async Task<bool> IsKnownAsync(HttpContext context)
    {
        var number = await NumberAsync(context.RequestAborted);
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{_run}-{number}\""), isWeak: true);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        var known = context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false));
        if (known)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }

        return known;
    }

    private async Task<long> NumberAsync(CancellationToken cancellation)
    {
        await foreach (var number in source.WatchAsync(cancellation))
        {
            return number;
        }

        return 0;
    }
}
