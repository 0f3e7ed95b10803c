using System.Globalization;
using CsCheck;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b[2J\u001b[1;1Hcleared", "cleared")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001bP1$r0m\u001b\\after", "after")]
    [InlineData("\u001b(Bplain", "plain")]
    [InlineData("\u001bc", "")]
    [InlineData("a\u001b]0;never closed and kept", "a0;never closed and kept")]
    [InlineData("ends with \u001b", "ends with ")]
    [InlineData("a\0b\u0007c\bd\u007fe\u0085f", "abcdef")]
    [InlineData("one\rtwo\r\nthree", "one\ntwo\r\nthree")]
    [InlineData("a\u2028b", "a\nb")]
    [InlineData("pay\u200bpal\u2060 \ufeffnow\u00ad", "paypal now")]
    [InlineData("admin\u202Etxt.exe\u202C \u2066x\u2069", "admintxt.exe x")]
    [InlineData("hi\U000E0069\U000E0067\U000E006E\U000E006F\U000E0072\U000E0065", "hi")]
    [InlineData("x\uFE01\uFE02\uFE03y", "xy")]
    [InlineData("b\U000E0101\U000E0102i", "bi")]
    [InlineData("a\u200db\u200ec", "abc")]
    [InlineData("\u3164\u115f", "")]
    [InlineData("a\u2800b \u2800 c\uE000d", "ab  cd")]
    [InlineData("a\u2065b\ufff0c\ufff8d", "abcd")]
    [InlineData("apples\U000E0469\U000E0467\U000E0FFF", "apples")]
    [InlineData("x\U00013430y\U0001343Fz", "xyz")]
    public void Of_what_cannot_be_seen_takes_it_out(string text, string visible) => VisibleText.Of(text).ShouldBe(visible);

    [Theory]
    [InlineData("Plain text, with tabs\tand\nlines.")]
    [InlineData("naïve façade – „Straße“ … 10² ½ € 数据库 データ 한국어 Привет γειά")]
    [InlineData("👩‍💻 👨‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈 👍🏽")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("می‌خواهم क्‍ष")]
    [InlineData("עברית \u200Eabc\u200F 123")]
    [InlineData("葛\U000E0100城")]
    [InlineData("\u2813\u2811\u2800\u2815\u2817 \u2800\u2800 \u2801")]
    [InlineData("\uE000\uE001 \uE003\uE000")]
    [InlineData("e\u0301 o\u0308")]
    public void Of_what_can_be_seen_is_the_same_string(string text) => VisibleText.Of(text).ShouldBeSameAs(text);

    [Fact]
    public void Of_any_text_leaves_nothing_that_steers_and_is_done_at_once() => AnyText.Sample(static text =>
    {
        var visible = VisibleText.Of(text);

        VisibleText.Of(visible).ShouldBeSameAs(visible);
        visible.ShouldAllBe(static c => !char.IsControl(c) || c == '\n' || c == '\t' || c == '\r');
        visible.ShouldNotContain("\u202E");
        visible.ShouldNotContain("\u200B");
    });

    [Fact]
    public void Of_any_text_keeps_every_letter_digit_and_mark_outside_sequences() => Gen.OneOf(Pieces.Where(static p => !p.Any(static c => char.IsControl(c))).ToArray())
        .Array[0, 12].Select(static p => string.Concat(p)).Sample(static text => Seen(VisibleText.Of(text)).ShouldBe(Seen(text)));

    private static string Seen(string text) => string.Concat(text.Where(static c => CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherPunctuation
            or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol).Where(static c => c is not '\u3164'));

    private static readonly string[] Pieces =
    [
        "a", "B", "1", " ", "\n", "\r", "\t", "é", "数", "ש", "م", "क", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufe0f", "\ufe01", "👩", "💻", "🏴",
        "\U000E0067", "\U000E0062", "\U000E007F", "\U000E0100", "\u001b", "[", "]", "31m", ";", "\u0007", "\\", "\u009b", "\u009d", "\0", "\u3164", "\u034f", "€", "+", "!",
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(Pieces).Array[0, 14].Select(static p => string.Concat(p));
}
