namespace TrafficAudit.Classification.Tests;

/// <summary>Texts that peers may send to upset a parser.</summary>
internal static class HostileTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", "@", "@@@@", "+", "+-+-", "-", "82", "0082", "820", "0", "00", "010", "P", "P1", "*", "**********", "a@", "@a", "a@b", "a@.", "a@b.",
        "\0", "\uD800", "\uDC00\uD800", "가", "서울", "서울 ", "서울 중구", "세종 1", "ᄒ", "ᆼ", "\u200B", "[", "]", "..", "[[[[", "a[", "{}", "${",
        new string('@', 10_000), new string('0', 10_000), new string('9', 100_000), new string('a', 100_000), new string('f', 100_000),
        string.Concat(Enumerable.Repeat("a@b.", 10_000)), string.Concat(Enumerable.Repeat("서울 ", 10_000)), string.Concat(Enumerable.Repeat("서울 중구 ", 10_000)),
        string.Concat(Enumerable.Repeat("서울-", 80_000)), "\uFFFF\uFFFE", "홍\uFFFF길동", "\uFDD0a",
        string.Concat(Enumerable.Repeat("0-", 10_000)), string.Concat(Enumerable.Repeat("+8210", 10_000)), string.Concat(Enumerable.Repeat("_A", 10_000)),
        "DA", "-ro", ":APA91b", "1 A-ro", "911000010000000000-", "POINT(", "POINT()", "P<", "GA1...", "fb.1..", "~", "0~", new string('<', 44), new string('-', 38),
        string.Concat(Enumerable.Repeat("DA", 50_000)), string.Concat(Enumerable.Repeat(",AAAAAAAAAAADAPAAAAAAAAAA", 5_000)),
        string.Concat(Enumerable.Repeat("1 A-ro, A-dong, ", 10_000)), string.Concat(Enumerable.Repeat("1 A-ro, A-gu, ", 10_000)),
        string.Concat(Enumerable.Repeat("AAAAAAAAAAA:APA91b", 10_000)), string.Concat(Enumerable.Repeat("서울 중구 세종대로 1 ", 10_000)),
        "12345678901234567890", "99999999999999999999999999", "+99999999999999", "00000000000000", "0000000000000", "000000-0000000", "999999-9999999",
    ];
}
