using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Tests.Operations;
using Memory.Core.Tests.Recall.Index;
using Memory.Core.Transfer;
using Memory.Core.Transfer.Jsonl;

namespace Memory.Core.Tests.Transfer.Jsonl;

public sealed class JsonlImportTests
{
    // More than the lines of one transaction: what is told of memories comes in a later one than they.
    private const int Memories = 420;

    [Fact]
    public async Task Read_leaves_an_index_that_was_read_between_its_transactions_as_one_that_is_read_afterwards()
    {
        await using var from = new ServiceFixture();
        var archived = (await from.StoreAsync("the kettle hums in A flat", MemoryKind.Note)).Memory.Id;
        from.Time.Advance(TimeSpan.FromDays(540));
        await from.ConsolidateAsync();
        (await from.ShowAsync(archived)).Memory.State.ShouldBe(MemoryState.Archived);
        for (var i = 0; i < Memories; i++)
        {
            await from.StoreAsync($"harbor{i} opens at pier{i}");
        }

        var path = Path.Combine(from.Folder, "export.jsonl");
        await using (var stream = File.Create(path))
        {
            await new JsonlExport(from.Store).WriteAsync([ServiceFixture.Ns], stream, cancellationToken: TestContext.Current.CancellationToken);
        }

        await using var to = new ServiceFixture(seed: 2);
        var index = await TestIndex.OfAsync(to);
        var store = new WatchedStore(to.Store, _ => TestIndex.CatchUpAsync(index, to.Store).GetAwaiter().GetResult());

        (await new MemoryImport(store, to.Time, embeddings: new EmbeddingSource(StaticEmbedder.DefaultPath)).ReadAsync(
            ImportTarget.Each(ServiceFixture.Ns), path, ImportFormat.Jsonl, cancellationToken: TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();

        await TestIndex.CatchUpAsync(index, to.Store);
        TestIndex.Dump(index).ShouldBe(TestIndex.Dump(await TestIndex.OfAsync(to)));
        TestIndex.Entry(index, archived).EndedAt.ShouldBe(ServiceFixture.Start.AddDays(540).ToUnixTimeMilliseconds());
    }
}
