namespace Memory.Onnx.Tests;

public sealed class TokenBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Divide_bounds_each_batch_and_takes_every_text_once(int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 300).Select(_ => new int[random.Next(0, random.Next(1, 6000))]).ToArray();

        var batches = TokenBatch.Divide(texts, padding: 7).ToList();

        batches.SelectMany(static b => b.Positions).ShouldBe(Enumerable.Range(0, texts.Length), ignoreOrder: true);
        foreach (var (batch, positions) in batches)
        {
            batch.Count.ShouldBe(positions.Length);
            batch.Length.ShouldBe(Math.Max(1, positions.Max(p => texts[p].Length)));
            (batch.Count == 1 || batch.Count * batch.Length <= 4_096).ShouldBeTrue($"{batch.Count} texts of {batch.Length} tokens");
            batch.Count.ShouldBeLessThanOrEqualTo(32);
            batch.Mask.Sum().ShouldBe(positions.Sum(p => texts[p].Length));
            batch.Tokens.Count(static t => t == 7).ShouldBe(batch.Tokens.Length - (int)batch.Mask.Sum());
        }
    }
}
