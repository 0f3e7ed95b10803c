using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Tests.Operations;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Embeddings;

public sealed class MissingVectorsTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;
    private static readonly StaticEmbedder Table = StaticEmbedder.Load(StaticEmbedder.DefaultPath).Value!;

    [Fact]
    public async Task MakeAsync_makes_the_vectors_of_what_was_stored_without_a_table()
    {
        await using var f = new ServiceFixture();
        await StoreWithoutAsync(f, "The automobile needs new tyres", "Henrik plays chess");
        await f.StoreAsync("Lunch is at noon");
        (await f.RecallAsync("car wheels")).ShouldNotContain("The automobile needs new tyres");

        (await f.Memories.EmbedMissingAsync(Ns, TestContext.Current.CancellationToken)).ShouldBe(2);

        (await f.RecallAsync("car wheels"))[0].ShouldBe("The automobile needs new tyres");
        (await MissingAsync(f)).ShouldBe(0);
        (await f.Memories.EmbedMissingAsync(Ns, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task MakeAsync_of_more_than_a_batch_stopped_on_its_way_goes_on_the_next_time()
    {
        await using var f = new ServiceFixture();
        await StoreWithoutAsync(f, [.. Enumerable.Range(0, 250).Select(static i => $"statement {i}")]);
        using var stop = new CancellationTokenSource();
        await using var store = new WatchedStore(f.Store, writes =>
        {
            if (writes == 2)
            {
                stop.Cancel();
            }
        });
        await Should.ThrowAsync<OperationCanceledException>(() => MissingVectors.MakeAsync(store, Ns, Table, stop.Token));
        (await MissingAsync(f)).ShouldBe(50);

        (await f.Memories.EmbedMissingAsync(Ns, TestContext.Current.CancellationToken)).ShouldBe(50);

        (await MissingAsync(f)).ShouldBe(0);
    }

    [Fact]
    public async Task MakeAsync_of_what_is_forgotten_in_between_writes_nothing_of_it()
    {
        await using var f = new ServiceFixture();
        var ids = await StoreWithoutAsync(f, "The password is swordfish", "Henrik plays chess");
        await using var store = new WatchedStore(f.Store, writes =>
        {
            if (writes == 0)
            {
                f.Memories.ForgetAsync(Ns, [ids[0]]).GetAwaiter().GetResult();
            }
        });

        (await MissingVectors.MakeAsync(store, Ns, Table, TestContext.Current.CancellationToken)).ShouldBe(1);

        var index = await TestIndex.OfAsync(f);
        index.Vectors.Has(index.Find(ids[0])).ShouldBeFalse();
        index.Vectors.Has(index.Find(ids[1])).ShouldBeTrue();
    }

    private static Task<int> MissingAsync(ServiceFixture f) => f.Store.ReadAsync(Ns, static r => r.WithoutVector(TestIndex.Model, 1000).Count);

    private static async Task<MemoryId[]> StoreWithoutAsync(ServiceFixture f, params string[] contents)
    {
        await using var memories = new MemoryService(f.Store, f.Time, new Random(31));
        var ids = new List<MemoryId>();
        foreach (var chunk in contents.Chunk(100))
        {
            ids.AddRange((await memories.StoreAsync(Ns, [.. chunk.Select(static c => new NewMemory { Content = c })])).Value!.Select(static s => s.Memory.Id));
        }

        return [.. ids];
    }
}
