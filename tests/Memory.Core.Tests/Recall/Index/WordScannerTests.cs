using System.Text;
using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class WordScannerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" ,;.!? -- \t\n", "")]
    [InlineData("Harbor runs on PostgreSQL 16", "harbor runs on postgresql 16 postgre sql")]
    [InlineData("HTTP/2, C# and v1.25.0", "http 2 c and v1 25 0")]
    [InlineData("snake_case-and.dots", "snake case and dots")]
    public void Next_gives_runs_of_letters_and_digits_in_lower_case(string text, string words) =>
        Words(text).Order().ShouldBe(Expected(words).Order());

    [Theory]
    [InlineData("maxTokensPerCall", "maxtokenspercall max tokens per call")]
    [InlineData("MaxTokens", "maxtokens max tokens")]
    [InlineData("parseXMLFile", "parsexmlfile parse xmlfile")]
    [InlineData("toDo", "todo")]
    [InlineData("HTTP", "http")]
    [InlineData("iPhone", "iphone phone")]
    public void Next_gives_the_whole_of_an_identifier_and_then_its_parts(string text, string words) => Words(text).ShouldBe(Expected(words));

    [Theory]
    [InlineData("Harbor runs on PostgreSQL 16", "postgresql postgre sql")]
    [InlineData("who told Ana. Ben did", "ana")]
    [InlineData("ask Émile about v2 and HTTP", "emile v2 http")]
    [InlineData("maxTokens of snake_case", "maxtokens max tokens snake case")]
    [InlineData("who wrote billing/printer.cs and why. Nobody", "billing printer cs")]
    [InlineData("I asked: Why?", "")]
    [InlineData("東京でNASAの", "nasa")]
    public void IsName_of_what_is_written_as_a_name_or_an_identifier(string text, string names)
    {
        var found = new List<string>();
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(text, buffer);
        while (scanner.Next())
        {
            if (scanner.IsName)
            {
                found.Add(scanner.Word.ToString());
            }
        }

        found.ShouldBe(Expected(names));
    }

    [Theory]
    [InlineData("Café Zürich naïve", "cafe zurich naive")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("Ｈａｒｂｏｒ", "harbor")]
    [InlineData("Αθήνα", "αθηνα")]
    [InlineData("МОСКВА Йод", "москва иод")]
    [InlineData("ﬁle", "file")]
    [InlineData("שלום עולם", "שלום עולם")]
    [InlineData("مرحبا", "مرحبا")]
    [InlineData("हिन्दी", "हिन्दी")]
    public void Next_folds_accents_case_and_forms_but_no_vowel_signs(string text, string words) => Words(text).ShouldBe(Expected(words));

    [Theory]
    [InlineData("Mara's cat", "mara cat")]
    [InlineData("Mara’s cat", "mara cat")]
    [InlineData("we'll don't they've", "we don they")]
    [InlineData("O'Brien", "o brien")]
    [InlineData("'quoted'", "quoted")]
    [InlineData("Mara'", "mara")]
    [InlineData("5'10", "5 10")]
    public void Next_drops_the_ending_after_an_apostrophe(string text, string words) => Words(text).ShouldBe(Expected(words));

    [Theory]
    [InlineData("数据库", "数据 数 据库 据 库")]
    [InlineData("库", "库")]
    [InlineData("数据 库", "数据 数 据 库")]
    [InlineData("v2数据", "v2 数据 数 据")]
    [InlineData("数v2", "数 v2")]
    [InlineData("서울", "서울 서 울")]
    [InlineData("📦", "📦")]
    [InlineData("a📦🚀b", "a 📦🚀 📦 🚀 b")]
    public void Next_gives_pairs_and_singles_of_scripts_without_spaces(string text, string words) => Words(text).ShouldBe(Expected(words));

    [Fact]
    public void Next_of_lone_surrogates_goes_on_after_them()
    {
        Words("\ud83d Harbor \udce6").ShouldContain("harbor");
        Words("Har\ud83dbor").ShouldBe(["har", "\ud83d", "bor"]);
        Words(new string('\udc00', 100)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(64, new[] { 64 })]
    [InlineData(65, new[] { 64, 1 })]
    [InlineData(200, new[] { 64, 64, 64, 8 })]
    public void Next_of_a_run_of_more_than_64_characters_gives_it_in_pieces(int length, int[] pieces)
    {
        Words(new string('x', length)).Select(static w => w.Length).ShouldBe(pieces);
        Words(new string('д', length)).Select(static w => w.Length).ShouldBe(pieces);
    }

    [Fact]
    public void Next_never_cuts_a_character_of_two_halves() =>
        Words("x" + string.Concat(Enumerable.Repeat("𝒙", 80))).ShouldAllBe(static w => w.IsNormalized(NormalizationForm.FormC));

    [Fact]
    public void Next_of_any_text_never_throws_and_each_word_has_a_character() =>
        Gen.OneOf(Gen.String, Gen.Char.Array[0, 200].Select(static c => new string(c)), Gen.OneOf("a'", "’s", "\ud800", "数", "aB", "ﷺ", "\u0301", "📦", "ͺ").Array[0, 60].Select(string.Concat))
            .Sample(static text => Words(text).All(static w => w.Length > 0));

    [Theory]
    [InlineData("a")]
    [InlineData("aB")]
    [InlineData("a'")]
    [InlineData("数")]
    [InlineData("é")]
    [InlineData("\ud800")]
    [InlineData("'")]
    public void Next_of_a_text_of_any_length_gives_at_most_two_words_a_character(string piece)
    {
        // A bound on the work, not on the time it takes: each step either yields a word or moves on.
        var text = string.Concat(Enumerable.Repeat(piece, 50_000));

        Words(text).Count.ShouldBeLessThanOrEqualTo(2 * text.Length);
    }

    private static string[] Expected(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(text, buffer);
        while (scanner.Next())
        {
            words.Add(scanner.Word.ToString());
        }

        return words;
    }
}
