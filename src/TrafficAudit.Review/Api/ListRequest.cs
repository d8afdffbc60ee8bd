using System.Globalization;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>Which page of which list a request asks for.</summary>
internal sealed class ListRequest
{
    private readonly string _list;
    private readonly string? _after;

    private ListRequest(HttpRequest request, string filter)
    {
        Filter = filter;
        Profile = Text(request, ApiParameter.Profile);
        Limit = int.Parse(Text(request, ApiParameter.Limit) ?? $"{ApiParameter.Limit.Number!.Value.Default}", CultureInfo.InvariantCulture);
        _list = $"{request.Path}\n{Profile}\n{filter}";
        _after = Text(request, ApiParameter.Cursor) is { } cursor ? PageCursor.Read(cursor, _list) : null;
    }

    /// <summary>The filter, also one that a search stands for; empty for none.</summary>
    public string Filter { get; }

    /// <summary>By whose rules countries are judged; null for the case's own.</summary>
    public string? Profile { get; }

    /// <summary>How many results make a page.</summary>
    public int Limit { get; }

    /// <summary>For lists of flows, whose key is their number: only those below; null on the first page.</summary>
    public long? Before => _after is null ? null
        : long.TryParse(_after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw PageCursor.Wrong();

    /// <summary>Reads a request that was checked (<see cref="ApiParameters.Check"/>).</summary>
    /// <exception cref="ApiFaultException">The cursor, or what stands for a filter, is not known here.</exception>
    public static ListRequest Of(HttpContext context, SearchTexts searches) => new(context.Request, FilterOf(context.Request, searches));

    /// <summary>Reads a request for a list that takes no filter.</summary>
    /// <inheritdoc cref="Of"/>
    public static ListRequest Plain(HttpContext context) => new(context.Request, "");

    /// <summary>The filter of a request, empty for none.</summary>
    /// <exception cref="ApiFaultException">The filter must not stand in an address, or what stands for one is not known here.</exception>
    public static string FilterOf(HttpRequest request, SearchTexts searches)
    {
        var filter = Text(request, ApiParameter.Filter)?.Trim();
        if (SearchTexts.IsPrivate(filter))
        {
            throw new ApiFaultException(
                StatusCodes.Status400BadRequest,
                "What is searched for in content (body:, field:) must not stand in an address: post {\"filter\": \"…\"} to /api/v1/searches, and give the id that it answers with as search=ID.");
        }

        if (Text(request, ApiParameter.Search) is not { } search)
        {
            return filter ?? "";
        }

        return filter is not null ? throw new ApiFaultException(StatusCodes.Status400BadRequest, "A search stands in place of a filter: give one of them.")
            : searches.Find(search) ?? throw new ApiFaultException(StatusCodes.Status400BadRequest, "There is no search of this id any more: post its filter to /api/v1/searches again.");
    }

    /// <summary>The page of flows, or of what lies in flows, that ends with a flow.</summary>
    public string NextBelow(long flow) => PageCursor.Behind(flow.ToString(CultureInfo.InvariantCulture), _list);

    /// <summary>The page that is asked for of a list in memory.</summary>
    /// <param name="rows">The whole list.</param>
    /// <param name="keyOf">What tells a row from others for as long as it is there.</param>
    /// <param name="resultOf">A row as it is answered with.</param>
    public ListReply<TResult> PageOf<TRow, TResult>(IReadOnlyList<TRow> rows, Func<TRow, string> keyOf, Func<TRow, TResult> resultOf)
    {
        var start = 0;
        while (_after is not null && (start == 0 || PageCursor.DigestOf(keyOf(rows[start - 1])) != _after))
        {
            start = start < rows.Count ? start + 1 : throw PageCursor.Wrong();
        }

        var page = rows.Skip(start).Take(Limit).ToList();
        var isLast = start + page.Count == rows.Count;
        return new ListReply<TResult>([.. page.Select(resultOf)], isLast ? null : PageCursor.Behind(PageCursor.DigestOf(keyOf(page[^1])), _list));
    }

    private static string? Text(HttpRequest request, ApiParameter parameter) =>
        request.Query.TryGetValue(parameter.Name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
