using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Ordinary;

/// <summary>Traffic as every app has it, without personal data.</summary>
internal sealed class OrdinaryMessages(Chance chance)
{
    private const int OfEach = 20;

    private static readonly Func<Chance, LabelledMessage>[] Kinds =
    [
        Catalogue.Products, Catalogue.Bulk, Catalogue.SearchResults, Catalogue.Mtop, Catalogue.Settings, Catalogue.Translations, Catalogue.Categories, Catalogue.Reviews, Catalogue.Feed, Catalogue.Experiments, Catalogue.Weather, Catalogue.Ranking,
        Pages.Script, Pages.Style, Pages.Font, Pages.Page, Pages.ChinesePage, Pages.KoreanLegacyPage, Pages.Picture, Pages.Pixel, Pages.Vector, Pages.Segment, Pages.PlayList, Pages.News,
        Requests.Asset, Requests.SettingsAsked, Requests.Page, Requests.Query, Requests.Preflight, Requests.Accepted, Requests.NameAnswer, Requests.NameMessage, Requests.Encrypted, Requests.EncryptedForm, Requests.CallStatus,
        Requests.Beat, Requests.Prices, Requests.Update, Requests.Redirect, Requests.Revocation,
    ];

    public IEnumerable<LabelledMessage> All() => Kinds.SelectMany(kind => Enumerable.Range(0, OfEach).Select(_ => kind(chance)));
}
