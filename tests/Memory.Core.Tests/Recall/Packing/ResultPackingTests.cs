using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Packing;
using Microsoft.ML.Tokenizers;

namespace Memory.Core.Tests.Recall.Packing;

public sealed class ResultPackingTests
{
    private static readonly Tokenizer Exact = TiktokenTokenizer.CreateForEncoding("o200k_base");

    [Fact]
    public void Fit_without_a_bound_changes_nothing()
    {
        var all = Results("One.", "Two.");

        ResultPacking.Fit(all, new RecallRequest()).ShouldBeSameAs(all);
    }

    [Fact]
    public void Fit_passes_over_what_does_not_fit_for_a_shorter_result_after_it()
    {
        var packed = Fit(Results("Short.", Long(100), "Also short."), 60);

        packed.Memories.Select(static r => r.Text).ShouldBe(["Short.", "Also short."]);
        packed.LeftOut.ShouldBe([IdOf(1)]);
        packed.Memories.ShouldAllBe(static r => r.Excerpt == null);
        packed.Note.ShouldBeNull();
    }

    [Fact]
    public void Fit_cuts_a_best_result_larger_than_the_bound_at_the_last_sentence_that_fits()
    {
        var packed = Fit(Results($"First sentence. Second sentence. {Long(100)} Last."), 45);

        packed.Memories.ShouldHaveSingleItem().Excerpt.ShouldBe("First sentence. Second sentence.");
        packed.Memories[0].Memory.Content.ShouldEndWith(" Last.");
        packed.LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void Fit_leaves_out_a_best_result_of_which_not_even_the_first_sentence_fits_and_says_so()
    {
        var packed = Fit(Results($"{Long(100)} Last.", "Short."), 40);

        packed.Memories.ShouldHaveSingleItem().Text.ShouldBe("Short.");
        packed.LeftOut.ShouldBe([IdOf(0)]);
        packed.Note.ShouldBe($"max_tokens 40 is too small for the best result; the best needs {Needed($"{Long(100)} Last.")}, its first sentence {Needed(Long(100))}.");
    }

    [Fact]
    public void Fit_into_too_few_tokens_for_anything_says_so()
    {
        var packed = Fit(Results("One.", "Two."), 1);

        packed.Memories.ShouldBeEmpty();
        packed.LeftOut.ShouldBe([IdOf(0), IdOf(1)]);
        packed.Note.ShouldBe($"max_tokens 1 is too small for any of the 2 results; the best needs {Needed("One.")}.");
        Fit(Results("One.", "Two."), Needed("One.")).Memories.ShouldHaveSingleItem().IsBrief.ShouldBeTrue();
        Fit(Results("One.", "Two."), Needed("One.") - 1).Memories.ShouldBeEmpty();
    }

    [Fact]
    public void Fit_shows_a_best_result_briefly_before_it_cuts_it()
    {
        var content = "First sentence. Second sentence.";

        var brief = Fit(Results(content), Needed(content)).Memories.ShouldHaveSingleItem();
        var cut = Fit(Results(content), Needed(content) - 1).Memories.ShouldHaveSingleItem();

        (brief.IsBrief, brief.Excerpt).ShouldBe((true, null));
        (cut.IsBrief, cut.Excerpt).ShouldBe((true, "First sentence."));
        Fit(Results(content), 100).Memories.ShouldHaveSingleItem().IsBrief.ShouldBeFalse();
    }

    [Fact]
    public void Fit_never_exceeds_the_bound_keeps_the_order_and_prefers_the_better() => Gen.Select(AnyText.Texts.Array[1, 12], Gen.Int[1, 400]).Sample(static (contents, bound) =>
    {
        var all = Results(contents);
        var packed = Fit(all, bound);

        Exact.CountTokens(string.Concat(packed.Memories.Select(Line))).ShouldBeLessThanOrEqualTo(bound);
        var shown = packed.Memories.Select(static r => r.Memory.Id).ToArray();
        shown.ShouldBe(all.Memories.Select(static r => r.Memory.Id).Where(shown.Contains));
        packed.LeftOut.ShouldBe(all.Memories.Select(static r => r.Memory.Id).Where(id => !shown.Contains(id)));

        var cost = all.Memories.ToDictionary(static r => r.Memory.Id, static r => TokenCounter.Count(Line(r)));
        foreach (var leftOut in packed.LeftOut)
        {
            packed.Memories.SkipWhile(r => all.Memories.Select(static m => m.Memory.Id).TakeWhile(id => id != leftOut).Contains(r.Memory.Id))
                .ShouldAllBe(r => cost[r.Memory.Id] < cost[leftOut]);
        }

        foreach (var cut in packed.Memories.Where(static r => r.Excerpt is not null))
        {
            cut.ShouldBeSameAs(packed.Memories[0]);
            cut.Memory.ShouldBe(all.Memories[0].Memory);
            cost[cut.Memory.Id].ShouldBeGreaterThan(bound);
            TokenCounter.Count(Line(cut with { Excerpt = null, IsBrief = true })).ShouldBeGreaterThan(bound);
            SentenceEnds.Of(cut.Memory.Content).ShouldContain(cut.Excerpt!.Length);
            cut.Memory.Content.ShouldStartWith(cut.Excerpt, Case.Sensitive);
        }
    });

    private static RecallResult Fit(RecallResult all, int bound) => ResultPacking.Fit(all, new RecallRequest { MaxTokens = bound, Render = Line });

    private static int Needed(string shown) => TokenCounter.Count($"[{IdOf(0)}] {shown}\n");

    private static string Line(RecalledMemory result) => result.IsBrief ? $"[{result.Memory.Id}] {result.Text}\n" : $"[{result.Memory.Id}] {result.Text} (fact, confidence 0.75{(result.Excerpt is null ? "" : ", cut")})\n";

    private static string Long(int words) => "Long " + string.Join(' ', Enumerable.Repeat("planks", words)) + ".";

    private static MemoryId IdOf(int i) => MemoryId.New(new Random(i));

    private static RecallResult Results(params string[] contents) => new([.. contents.Select(static (content, i) => new RecalledMemory(
        new MemoryRecord
        {
            Id = IdOf(i), Namespace = Namespace.Default, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5, Source = "agent", State = MemoryState.Active,
            Confidence = 0.75, ConfidenceAt = ServiceFixture.Start, CreatedAt = ServiceFixture.Start, UpdatedAt = ServiceFixture.Start, Sequence = i + 1,
        },
        1.0 / (i + 1), [], []))], [], null);
}
