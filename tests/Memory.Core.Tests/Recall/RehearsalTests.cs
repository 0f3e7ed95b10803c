using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall;

public sealed class RehearsalTests
{
    [Fact]
    public async Task Run_recalls_what_was_stored_last_and_notes_nothing()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor runs on PostgreSQL");
        var last = (await f.StoreAsync("Mara drinks gooseberry tea")).Memory.Id;

        (await RunAsync(f)).ShouldBeGreaterThan(0);

        (await f.ShowAsync(last)).Use.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Run_where_nothing_is_stored_recalls_nothing()
    {
        await using var f = new ServiceFixture();

        (await RunAsync(f)).ShouldBe(0);
    }

    [Fact]
    public async Task WarmUp_tells_of_how_many_memories_the_index_is()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor runs on PostgreSQL");
        await f.StoreAsync("Mara drinks gooseberry tea");
        var ready = 0;

        await f.Memories.WarmUpAsync(ServiceFixture.Ns, count => ready = count, TestContext.Current.CancellationToken);

        ready.ShouldBe(2);
    }

    private static Task<int> RunAsync(ServiceFixture f)
    {
        var embeddings = new EmbeddingSource(StaticEmbedder.DefaultPath);
        var table = embeddings.Table!;
        return f.Store.ReadAsync(ServiceFixture.Ns, r => Rehearsal.Run(
            r, RecallOptions.Default, ConfidenceOptions.Default, embeddings,
            q => new QueryEmbedding(table.Model.ToString(), table.Model.Dimensions, table.VectorOf(q), null), f.Time.GetUtcNow()));
    }
}
