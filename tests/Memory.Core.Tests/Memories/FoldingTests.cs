using System.Text.RegularExpressions;
using CsCheck;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed partial class FoldingTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 60],
        Gen.OneOf(
                "the", "The", "a", "A", "an", "Ana", "pays", "Henrik", "not", "no", "5", "-5", "1.5", "15", "10²", "½", "2026-03-04", "C#", "C", "C++", "few", ".", ",", "!", "?",
                "\"", "(", ")", "-", "–", "'", "’", "é", "e\u0301", "Ａ", "ß", "ς", "Σ", "数据", "\u200B", "\t", "\n", "5!", "6'", "#1", "$5", "@ana", "x2", "a/b")
            .Array[0, 8].Select(static words => string.Join(' ', words)));

    [Theory]
    [InlineData("Mara likes tea.", "mara  likes\ttea")]
    [InlineData("Mara likes tea...", "MARA LIKES TEA!")]
    [InlineData("Ｍａｒａ likes tea", "Mara likes tea")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("Mara’s tea", "Mara's tea")]
    [InlineData("お茶が好き。", "お茶が好き")]
    [InlineData("ΟΔΟΣ", "οδος")]
    public void Identity_of_the_same_text_is_the_same(string one, string other) => Folding.Identity(one).ShouldBe(Folding.Identity(other));

    [Theory]
    [InlineData("The rule holds", "rule holds")]
    [InlineData("\"Mara\" likes tea", "Mara likes tea")]
    [InlineData("Mara, likes tea", "Mara likes tea")]
    [InlineData("Is it up?", "Is it up")]
    [InlineData("Mara likes 5 teas", "Mara likes 6 teas")]
    public void Identity_of_other_words_or_inner_punctuation_differs(string one, string other) => Folding.Identity(one).ShouldNotBe(Folding.Identity(other));

    [Theory]
    [InlineData("The rule holds.", "rule holds")]
    [InlineData("\"The rule\" (holds)", "rule holds")]
    [InlineData("Tea - or coffee", "tea, or coffee")]
    [InlineData("It is an apple.", "it is apple")]
    [InlineData("Harbor is up .", "Harbor is up")]
    [InlineData("Attention ! Harbor", "Attention! Harbor")]
    public void Statement_of_the_same_words_is_the_same(string one, string other) => Folding.Statement(one).ShouldBe(Folding.Statement(other));

    [Theory]
    [InlineData("Ana pays Henrik", "Henrik pays Ana")]
    [InlineData("It is not up", "It is up")]
    [InlineData("It costs $5", "It costs 5")]
    [InlineData("It costs -5", "It costs 5")]
    [InlineData("It is 1.5 m", "It is 15 m")]
    [InlineData("10² cells", "102 cells")]
    [InlineData("1½ cups", "11/2 cups")]
    [InlineData("C# code", "C code")]
    [InlineData("A few tests", "few tests")]
    [InlineData("A little help", "Little help")]
    [InlineData("Vitamin A 5", "Vitamin 5")]
    [InlineData("Plan a is best", "Plan is best?")]
    [InlineData("5 - 3", "5 3")]
    [InlineData("x = a - b", "x = a b")]
    [InlineData("An Nguyen leads the team", "Nguyen leads the team")]
    [InlineData("A Smith signed it", "Smith signed it")]
    [InlineData("5! orders", "5 orders")]
    [InlineData("It is 6' long", "It is 6 long")]
    [InlineData("@ana knows", "ana knows")]
    [InlineData("don't go", "dont go")]
    [InlineData("The default of tags is [].", "The default of tags is {}.")]
    [InlineData("It says \"\" when empty", "It says when empty")]
    [InlineData("cd .. and build", "cd . and build")]
    [InlineData("Split at , first", "Split at . first")]
    [MemberData(nameof(NearMisses.BySigns), MemberType = typeof(NearMisses))]
    public void Statement_of_another_meaning_differs(string one, string other) => Folding.Statement(one).ShouldNotBe(Folding.Statement(other));

    [Fact]
    public void Folding_is_idempotent() => Texts.Sample(static text =>
    {
        Folding.Identity(Folding.Identity(text)).ShouldBe(Folding.Identity(text));
    }, iter: 20_000);

    [Fact]
    public void Statement_keeps_every_digit_and_every_word_that_is_no_article_in_order() => Texts.Sample(static text =>
    {
        var folded = Folding.Statement(text);
        var normal = text.Normalize(System.Text.NormalizationForm.FormKC);
        // Superscripts and fractions are marked, not glued; everything else keeps its digits as they stand.
        if (!text.Any(static c => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.OtherNumber))
        {
            Digits().Matches(folded).Select(static m => m.Value).ShouldBe(Digits().Matches(normal.ToUpperInvariant().ToLowerInvariant()).Select(static m => m.Value));
        }

        WordsWithoutArticles(folded).ShouldBe(WordsWithoutArticles(normal.Replace("\u200B", "", StringComparison.Ordinal).ToUpperInvariant().ToLowerInvariant()));
    }, iter: 20_000);

    private static string[] WordsWithoutArticles(string text) =>
        [.. Letters().Matches(text).Select(static m => m.Value).Where(static w => w is not ("a" or "an" or "the"))];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\p{Nd}+")]
    private static partial Regex Digits();
}
