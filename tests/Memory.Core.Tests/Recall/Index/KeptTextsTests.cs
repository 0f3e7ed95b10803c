using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class KeptTextsTests
{
    [Fact]
    public void Read_of_what_was_written_finds_every_text_and_no_other() =>
        Gen.String[Gen.Char["abcé日 "], 0, 12].HashSet[0, 200].Select(static texts => texts.ToArray()).Sample(texts =>
        {
            var kept = WrittenAndRead(texts);

            kept.Count.ShouldBe(texts.Length);
            for (var i = 0; i < texts.Length; i++)
            {
                kept[i].ShouldBe(texts[i]);
                kept.Find(texts[i]).ShouldBe(i);
                kept.Find(texts[i] + "x").ShouldBe(-1);
            }
        });

    [Fact]
    public void Find_of_a_text_too_long_for_the_stack_finds_it()
    {
        var text = new string('日', 5_000);

        WrittenAndRead(["a", text]).Find(text).ShouldBe(1);
        WrittenAndRead(["a"]).Find(text).ShouldBe(-1);
    }

    [Fact]
    public void Find_in_none_finds_nothing() => KeptTexts.None.Find("a").ShouldBe(-1);

    private static KeptTexts WrittenAndRead(string[] texts)
    {
        var part = new PartWriter();
        KeptTexts.Write(part, texts);
        return KeptTexts.Read(new PartReader(new MemoryStream(part.Written.ToArray())));
    }
}
