using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class RecallIndexesTests
{
    [Fact]
    public async Task Read_is_of_the_readers_namespace_and_up_to_date()
    {
        await using var f = new ServiceFixture();
        using var indexes = new RecallIndexes();
        var theirs = Parse("theirs");
        await f.StoreAsync("tea");
        await f.StoreAsync("coffee", ns: theirs);
        await f.StoreAsync("water", ns: theirs);

        (await CountAsync(f, indexes, ServiceFixture.Ns)).ShouldBe(1);
        (await CountAsync(f, indexes, theirs)).ShouldBe(2);
        await f.StoreAsync("milk");
        (await CountAsync(f, indexes, ServiceFixture.Ns)).ShouldBe(2);
        (await CountAsync(f, indexes, theirs)).ShouldBe(2);
    }

    [Fact]
    public async Task Read_of_more_namespaces_than_are_kept_drops_the_one_that_was_not_used_longest()
    {
        await using var f = new ServiceFixture();
        using var indexes = new RecallIndexes();
        var first = await IndexAsync(0);
        var second = await IndexAsync(1);
        for (var i = 2; i < 64; i++)
        {
            await IndexAsync(i);
        }

        (await IndexAsync(0)).ShouldBeSameAs(first);
        await IndexAsync(64);

        (await IndexAsync(0)).ShouldBeSameAs(first);
        (await IndexAsync(1)).ShouldNotBeSameAs(second);

        Task<NamespaceIndex> IndexAsync(int i) => f.Store.ReadAsync(Parse($"ns-{i}"), r => indexes.Read(r, TestIndex.Model, TestIndex.Dimensions, static index => index));
    }

    [Fact]
    public async Task Read_when_nothing_changed_reads_no_rows_again()
    {
        await using var f = new ServiceFixture();
        using var indexes = new RecallIndexes();
        await f.StoreAsync("tea");
        await f.Store.ReadAsync(ServiceFixture.Ns, reader =>
        {
            var index = indexes.Read(reader, TestIndex.Model, TestIndex.Dimensions, static i => i);
            var sequence = index.Sequence;
            indexes.Read(reader, TestIndex.Model, TestIndex.Dimensions, static i => i).ShouldBeSameAs(index);
            index.Sequence.ShouldBe(sequence);
            sequence.ShouldBe(reader.LastSequence());
            return true;
        });
    }

    [Fact]
    public async Task Recall_while_others_store_sees_everything_that_was_stored_before_it()
    {
        await using var f = new ServiceFixture();
        await using var store = f.AnotherStore();
        await using var other = new MemoryService(store, f.Time, new Random(78));
        await f.RecallAsync("tea");
        var end = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var (writer, reader) = (worker + i) % 2 == 0 ? (f.Memories, other) : (other, f.Memories);
                var word = $"word{worker}x{i}";
                var id = (await writer.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = $"kestrel {word}", Session = $"s{worker}" }], end)).Value![0].Memory.Id;
                var found = (await reader.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = word, Limit = 1, Explain = true, WhyNot = id }, end)).Value!;
                found.Memories.ShouldHaveSingleItem().Memory.Id.ShouldBe(id, $"{word}: {found.Memories[0].Memory.Content} {found.Memories[0].Parts} {found.WhyNot}");
            }
        }, end)));

        (await TestIndex.OfAsync(f)).Count.ShouldBe(150);
    }

    private static Task<int> CountAsync(ServiceFixture f, RecallIndexes indexes, Namespace ns) => f.Store.ReadAsync(ns, r => indexes.Read(r, TestIndex.Model, TestIndex.Dimensions, static i => i.Count));

    private static Namespace Parse(string text) => Namespace.TryParse(text, out var ns) ? ns : throw new ArgumentException(text);
}
