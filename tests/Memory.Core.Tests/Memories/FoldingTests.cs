using System.Text.RegularExpressions;
using CsCheck;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed partial class FoldingTests
{
    // All entries of status F of CaseFolding.txt (https://www.unicode.org/Public/UNIDATA/CaseFolding.txt): a letter, and the letters it folds to.
    private const string FullCaseFolding = """
        00DF 0073 0073; 0130 0069 0307; 0149 02BC 006E; 01F0 006A 030C; 0390 03B9 0308 0301; 03B0 03C5 0308 0301; 0587 0565 0582; 1E96 0068 0331;
        1E97 0074 0308; 1E98 0077 030A; 1E99 0079 030A; 1E9A 0061 02BE; 1E9E 0073 0073; 1F50 03C5 0313; 1F52 03C5 0313 0300; 1F54 03C5 0313 0301;
        1F56 03C5 0313 0342; 1F80 1F00 03B9; 1F81 1F01 03B9; 1F82 1F02 03B9; 1F83 1F03 03B9; 1F84 1F04 03B9; 1F85 1F05 03B9; 1F86 1F06 03B9; 1F87 1F07 03B9;
        1F88 1F00 03B9; 1F89 1F01 03B9; 1F8A 1F02 03B9; 1F8B 1F03 03B9; 1F8C 1F04 03B9; 1F8D 1F05 03B9; 1F8E 1F06 03B9; 1F8F 1F07 03B9; 1F90 1F20 03B9;
        1F91 1F21 03B9; 1F92 1F22 03B9; 1F93 1F23 03B9; 1F94 1F24 03B9; 1F95 1F25 03B9; 1F96 1F26 03B9; 1F97 1F27 03B9; 1F98 1F20 03B9; 1F99 1F21 03B9;
        1F9A 1F22 03B9; 1F9B 1F23 03B9; 1F9C 1F24 03B9; 1F9D 1F25 03B9; 1F9E 1F26 03B9; 1F9F 1F27 03B9; 1FA0 1F60 03B9; 1FA1 1F61 03B9; 1FA2 1F62 03B9;
        1FA3 1F63 03B9; 1FA4 1F64 03B9; 1FA5 1F65 03B9; 1FA6 1F66 03B9; 1FA7 1F67 03B9; 1FA8 1F60 03B9; 1FA9 1F61 03B9; 1FAA 1F62 03B9; 1FAB 1F63 03B9;
        1FAC 1F64 03B9; 1FAD 1F65 03B9; 1FAE 1F66 03B9; 1FAF 1F67 03B9; 1FB2 1F70 03B9; 1FB3 03B1 03B9; 1FB4 03AC 03B9; 1FB6 03B1 0342; 1FB7 03B1 0342 03B9;
        1FBC 03B1 03B9; 1FC2 1F74 03B9; 1FC3 03B7 03B9; 1FC4 03AE 03B9; 1FC6 03B7 0342; 1FC7 03B7 0342 03B9; 1FCC 03B7 03B9; 1FD2 03B9 0308 0300;
        1FD3 03B9 0308 0301; 1FD6 03B9 0342; 1FD7 03B9 0308 0342; 1FE2 03C5 0308 0300; 1FE3 03C5 0308 0301; 1FE4 03C1 0313; 1FE6 03C5 0342;
        1FE7 03C5 0308 0342; 1FF2 1F7C 03B9; 1FF3 03C9 03B9; 1FF4 03CE 03B9; 1FF6 03C9 0342; 1FF7 03C9 0342 03B9; 1FFC 03C9 03B9; FB00 0066 0066;
        FB01 0066 0069; FB02 0066 006C; FB03 0066 0066 0069; FB04 0066 0066 006C; FB05 0073 0074; FB06 0073 0074; FB13 0574 0576; FB14 0574 0565;
        FB15 0574 056B; FB16 057E 0576; FB17 0574 056D
        """;

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
    [InlineData("Die STRASSE ist lang", "Die Straße ist lang")]
    [InlineData("DIE STRAẞE IST LANG", "die strasse ist lang")]
    [InlineData("İzmir is nice", "i̇zmir is nice")]
    [InlineData("J\u030Cin", "\u01F0in")]
    [InlineData("\u0149 rooi", "'N rooi")]
    public void Identity_of_the_same_text_is_the_same(string one, string other) => Folding.Identity(one).ShouldBe(Folding.Identity(other));

    [Fact]
    public void Identity_of_each_letter_with_full_case_folding_is_that_of_what_it_folds_to()
    {
        var entries = FullCaseFolding.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        entries.Length.ShouldBe(104);
        entries.ShouldAllBe(static entry => HasIdentityOf(entry));
    }

    [Fact]
    public void Folding_of_every_character_is_idempotent() => AllCharacters().Select(static c => $"a{c}b {c}")
        .Where(static text => Folding.Identity(Folding.Identity(text)) != Folding.Identity(text)).ShouldBeEmpty();

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
            Digits().Matches(folded).Select(static m => m.Value).ShouldBe(Digits().Matches(normal).Select(static m => m.Value));
        }

        WordsWithoutArticles(folded).ShouldBe(WordsWithoutArticles(Folding.Identity(normal)));
    }, iter: 20_000);

    private static bool HasIdentityOf(string entry)
    {
        string[] letters = [.. entry.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(static hex => char.ConvertFromUtf32(Convert.ToInt32(hex, 16)))];
        return Folding.Identity($"a{letters[0]}b") == Folding.Identity($"a{string.Concat(letters[1..])}b");
    }

    private static IEnumerable<string> AllCharacters() => Enumerable.Range(0, 0x110000)
        .Where(static c => System.Text.Rune.IsValid(c) && c is not (0xFFFE or 0xFFFF)).Select(char.ConvertFromUtf32);

    private static string[] WordsWithoutArticles(string text) =>
        [.. Letters().Matches(text).Select(static m => m.Value).Where(static w => w is not ("a" or "an" or "the"))];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\p{Nd}+")]
    private static partial Regex Digits();
}
