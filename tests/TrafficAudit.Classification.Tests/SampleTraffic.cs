namespace TrafficAudit.Classification.Tests;

/// <summary>Invented messages as shopping apps send them.</summary>
internal static class SampleTraffic
{
    public const string UserAgent = "Mozilla/5.0 (Linux; Android 14; SM-S901N Build/UP1A.231005.007) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.79 Mobile Safari/537.36";

    public const string Order =
        """
        {"orderId":"20260102000000001","items":[{"productId":1005000000000001,"skuId":"12000000000000001","name":"무선 이어폰 Pro","price":37.50,"qty":2}],
         "receiver":{"name":"홍길동","phone":"010-0000-0000","address":"서울특별시 중구 세종대로 110","zip":"04524"},
         "seller":{"name":"좋은상점","phone":"02-123-4567","email":"help@store.example","address":"부산광역시 해운대구 센텀중앙로 79"},
         "payment":{"method":"card","amount":75000,"currency":"KRW"},"createdAt":1767323045678,"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}
        """;
}
