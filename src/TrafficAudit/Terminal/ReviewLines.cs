using TrafficAudit.Access;
using TrafficAudit.Review;

namespace TrafficAudit.Terminal;

/// <summary>How the terminal says where the review page is.</summary>
internal static class ReviewLines
{
    public static string Of(ReviewHost review, ReviewListener listener) => $"Review      {review.TokenLink}" + (listener.Fingerprint(review) is { } fingerprint
        ? $"\n            certificate SHA-256 {fingerprint}"
        : "");
}
