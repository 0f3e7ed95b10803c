using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class PostingsTests
{
    [Fact]
    public void Of_a_term_that_nobody_has_is_empty()
    {
        var postings = new Postings();
        postings.Add(3, 0);

        foreach (var term in new[] { -1, 0, 2, 4, 1000 })
        {
            postings.Of(term).Count.ShouldBe(0);
            postings.Of(term).Entries.IsEmpty.ShouldBeTrue();
        }

        postings.Of(3).Count.ShouldBe(1);
    }

    [Fact]
    public void Add_agrees_with_plain_groups_whatever_was_expected() =>
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40]).Array[0, 400], Gen.Int[0, 400]).Sample(static (occurrences, expectedToCome) =>
        {
            var inOrder = occurrences.OrderBy(static o => o.Item2).ToArray();
            var postings = new Postings();
            foreach (var (term, entry) in inOrder.Take(expectedToCome))
            {
                postings.Expect(term, entry);
            }

            foreach (var (term, entry) in inOrder)
            {
                postings.Add(term, entry);
            }

            for (var term = 0; term <= 5; term++)
            {
                var expected = inOrder.Where(o => o.Item1 == term).GroupBy(static o => o.Item2).ToArray();
                postings.Of(term).Entries.ToArray().ShouldBe(expected.Select(static g => g.Key));
                postings.Of(term).Counts.ToArray().ShouldBe(expected.Select(static g => (byte)g.Count()));
            }
        });

    [Fact]
    public void Insert_and_Remove_agree_with_plain_counts() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 12]).Array[0, 200].Sample(static changes =>
        {
            var (postings, counts) = (new Postings(), new SortedDictionary<int, int>());
            foreach (var (isInsert, entry) in changes)
            {
                if (isInsert)
                {
                    postings.Insert(0, entry);
                    counts[entry] = counts.GetValueOrDefault(entry) + 1;
                }
                else
                {
                    postings.Remove(0, entry);
                    counts[entry] = counts.GetValueOrDefault(entry) - 1;
                    if (counts[entry] <= 0)
                    {
                        counts.Remove(entry);
                    }
                }
            }

            postings.Of(0).Entries.ToArray().ShouldBe(counts.Keys);
            postings.Of(0).Counts.ToArray().ShouldBe(counts.Values.Select(static c => (byte)c));
        });

    [Fact]
    public void Add_counts_up_to_255()
    {
        var postings = new Postings();
        for (var i = 0; i < 1000; i++)
        {
            postings.Add(0, 7);
        }

        postings.Of(0).Counts.ToArray().ShouldBe([255]);
    }
}
