using System.Diagnostics;
using CsCheck;
using Memory.Core.Recall.Packing;
using Microsoft.ML.Tokenizers;

namespace Memory.Core.Tests.Recall.Packing;

public sealed class TokenCounterTests
{
    private static readonly Tokenizer Exact = TiktokenTokenizer.CreateForEncoding("o200k_base");

    [Theory]
    [InlineData("", 0)]
    [InlineData("Mara is vegetarian and avoids coriander.", 8)]
    [InlineData("<|endoftext|>", 1)]
    public void Count_of_a_short_text_is_that_of_the_vocabulary(string text, int tokens) => TokenCounter.Count(text).ShouldBe(tokens);

    [Fact]
    public void Count_of_a_long_text_is_exact_though_counted_in_parts()
    {
        var text = string.Join(' ', Enumerable.Range(0, 2000).Select(static i => $"In {i} the crane, it's said, moved crate-{i % 7} twice;\nnobody knows why."));

        TokenCounter.Count(text).ShouldBe(Exact.CountTokens(text));
    }

    [Fact]
    public void Count_never_falls_below_the_exact_number_and_never_exceeds_the_upper_bound() => AnyText.Texts.Sample(static text =>
    {
        var exact = Exact.CountTokens(text);
        var counted = TokenCounter.Count(text);
        counted.ShouldBeInRange(exact, exact + (3 * text.Length / CountablePart.LongestStretch));
        exact.ShouldBeLessThanOrEqualTo(TokenCounter.UpperBound(text));
    });

    [Fact]
    public void Count_with_a_bound_is_exact_up_to_it_and_above_it_beyond() => Gen.Select(AnyText.Texts, Gen.Int[0, 200]).Sample(static (text, bound) =>
    {
        var all = TokenCounter.Count(text);
        var counted = TokenCounter.Count(text, bound);
        (all <= bound ? counted == all : counted > bound).ShouldBeTrue($"{counted} of {all} at {bound}");
    });

    [Theory]
    [InlineData("我们昨天在港口")]
    [InlineData("x")]
    [InlineData("/\n")]
    [InlineData("👩\u200d")]
    [InlineData("=")]
    [InlineData(" ")]
    public void Count_of_the_longest_content_without_boundaries_takes_no_seconds(string unit)
    {
        TokenCounter.Count("load");
        var text = string.Concat(Enumerable.Repeat(unit, 32_768 / unit.Length));
        var watch = Stopwatch.StartNew();

        TokenCounter.Count(text).ShouldBeGreaterThan(100);

        // In one piece the first takes several seconds; in parts about 50 ms.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
    }
}
