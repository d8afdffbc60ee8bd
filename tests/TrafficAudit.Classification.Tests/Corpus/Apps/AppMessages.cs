using TrafficAudit.Classification.Tests.Corpus.Values;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Apps;

/// <summary>Whole messages as apps send them, for the persona and for strangers in turns.</summary>
internal sealed class AppMessages(Chance chance)
{
    private const int OfEach = 8;

    private static readonly Func<Chance, Subject, LabelledMessage>[] Kinds =
    [
        KoreanShops.KakaoAccount, KoreanShops.ElevenStreetOrder, KoreanShops.CoupangOrder, KoreanShops.SignUp, KoreanShops.Delivery, KoreanShops.Payment, KoreanShops.IdentityCheck,
        ChineseApps.AlibabaLog, ChineseApps.MtopCall, ChineseApps.PddHeaders, ChineseApps.ByteDanceRegister, ChineseApps.UmengLaunch, ChineseApps.ShipTo, ChineseApps.ChineseForm,
        Trackers.GoogleAnalytics, Trackers.MetaPixel, Trackers.MetaAppEvents, Trackers.AppsFlyer, Trackers.Adjust, Trackers.OneSignal, Trackers.FirebaseInstallation, Trackers.PushRegistered, Trackers.GoogleUserData, Trackers.AdExchange,
        Reports.BidRequest, Reports.Telemetry, Reports.CrashReport, Reports.PositionUpdate, Reports.AppleDevice, Reports.NoTracking, Reports.NoPermission, Reports.SignedIn, Reports.SavedProfile, Reports.Masked, Reports.SecureForm,
        Analytics.MixpanelForm, Analytics.SegmentForm, Analytics.AmplitudeForm, Analytics.BrazeForm, Analytics.TaxiRide, Analytics.WebForm, Analytics.Scan,
        Services.CardRegistration, Services.Flight, Services.Hospital, Services.Invitation, Services.ChineseRegistration, Services.AmericanAddress, Services.HeadersOnly, Services.KoreanCookies, Services.Broker, Services.Profile,
        FreeText.Memo, FreeText.Question, FreeText.Chat, FreeText.ChineseChat,
        Uploads.Pictures, Uploads.PicturesInJson, Uploads.WebIdentifiers, Uploads.Tokens,
    ];

    public IEnumerable<LabelledMessage> All() =>
    [
        .. Kinds.SelectMany(kind => Enumerable.Range(0, OfEach).Select(i => kind(chance, i % 2 == 0 ? Subject.Persona(chance) : Subject.Stranger(chance)))),
        .. Enumerable.Range(0, OfEach / 2).Select(_ => KoreanShops.ChatSupport(chance, Subject.Persona(chance))),
    ];
}
