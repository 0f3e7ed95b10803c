using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Microsoft.Extensions.AI;

namespace Memory.Core.Tests.Operations;

public sealed class VectorUpkeepTests
{
    [Fact]
    public async Task A_memory_that_an_update_made_gets_its_vector()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, TimeProvider.System, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        var id = (await f.StoreAsync("The staging server runs Debian 11")).Memory.Id;
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        await UntilAsync(async () => (await EmbeddingsAsync(memories)).Missing == 0);

        await memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Content = "The staging server runs Debian 12" });
        await UntilAsync(async () => await EmbeddingsAsync(memories) is { Missing: 0, Embedded: 2 });
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(upkeep);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_holds_up_a_recall_for_seconds_only_and_then_not_at_all()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await f.StoreAsync("The staging server runs Debian 11");
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        await UntilAsync(async () =>
        {
            f.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await EmbeddingsAsync(memories) is { Missing: 0, Chosen: null };
        });

        model.Hangs = true;
        var asked = memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "staging server" });
        await UntilAsync(() => Task.FromResult(model.Waiting > 0));
        f.Time.Advance(TimeSpan.FromSeconds(3.1));
        var slow = (await asked).Value!;
        slow.Memories.ShouldHaveSingleItem();
        slow.Note.ShouldNotBeNull();
        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "staging server" })).Value!.Note.ShouldNotBeNull();
        model.Waiting.ShouldBe(1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(upkeep);
    }

    private static EmbeddingSource Source(Model model) => new(StaticEmbedder.DefaultPath, () => Outcome.Of<IEmbeddingGenerator<string, Embedding<float>>>(model));

    private static async Task<EmbeddingStatus> EmbeddingsAsync(MemoryService memories) => (await memories.StatusAsync(ServiceFixture.Ns)).Embeddings;

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await happened())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private sealed class Model : IEmbeddingGenerator<string, Embedding<float>>
    {
        private static readonly EmbeddingModel Name = new("test", 4, "1");

        public bool Hangs { get; set; }

        public int Waiting { get; private set; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (Hangs)
            {
                Waiting++;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new(values.Select(static _ => new Embedding<float>(new float[] { 1, 0, 0, 0 })));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingModel) ? Name : null;

        public void Dispose()
        {
        }
    }
}
