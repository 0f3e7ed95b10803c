using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;
using Microsoft.Extensions.AI;

namespace Memory.Core.Tests.Operations;

public sealed class VectorUpkeepTests
{
    // The lease of a dead process is nobody's.
    private static readonly string Other = $"{ProcessIdentity.Current}/another";

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
        await EndAsync(stop, upkeep);
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
        await EndAsync(stop, upkeep);
    }

    [Fact]
    public async Task The_table_serves_until_every_memory_has_its_vector_and_recall_and_status_say_so()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await StoreAsync(f, 40);
        var upkeep = memories.KeepVectorsAsync(stop.Token);

        // One batch is made; the next waits for the pause to pass.
        await UntilAsync(async () => await EmbeddingsAsync(memories) is { Embedded: 32, Missing: 8, Chosen: not null });
        var meanwhile = (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "crate number 7" })).Value!;
        meanwhile.Memories.ShouldNotBeEmpty();
        meanwhile.Note.ShouldNotBeNull().ShouldContain("Not every memory has a vector");
        (await EmbeddingsAsync(memories)).Model.ShouldBe(source.Table!.Model.ToString());
        model.Asked.ShouldBe(32);

        f.Time.Advance(TimeSpan.FromMilliseconds(50));
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromMilliseconds(50)); return await EmbeddingsAsync(memories) is { Embedded: 40, Chosen: null }; });
        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "crate number 7" })).Value!.Note.ShouldBeNull();
        (await EmbeddingsAsync(memories)).Model.ShouldBe("test/4/1");
        await EndAsync(stop, upkeep);
    }

    [Fact]
    public async Task While_another_process_holds_the_lease_no_vector_is_made()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await StoreAsync(f, 3);
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync("embedding", Other, TimeSpan.FromMinutes(2));
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(20);
            f.Time.Advance(TimeSpan.FromSeconds(30));
        }

        model.Asked.ShouldBe(0);
        await other.ReleaseLeaseAsync("embedding", Other);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return (await EmbeddingsAsync(memories)).Embedded == 3; });
        await EndAsync(stop, upkeep);
    }

    [Fact]
    public async Task A_complete_namespace_keeps_the_vectors_of_the_table_and_loses_those_of_an_earlier_model()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        var id = (await f.StoreAsync("The staging server runs Debian 11")).Memory.Id;
        await f.Store.WriteAsync(ServiceFixture.Ns, w => { w.SetVector(id, "earlier/4/1", StoredVector.Of([0, 1, 0, 0])); return true; });
        (await CountAsync("earlier/4/1")).ShouldBe(1);
        var upkeep = memories.KeepVectorsAsync(stop.Token);

        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromMilliseconds(50)); return await CountAsync("earlier/4/1") == 0; });
        (await CountAsync("test/4/1")).ShouldBe(1);
        (await CountAsync(source.Table!.Model.ToString())).ShouldBe(1);
        await EndAsync(stop, upkeep);

        Task<int> CountAsync(string name) => f.Store.ReadAsync(ServiceFixture.Ns, r => r.VectorCounts(name).With);
    }

    [Fact]
    public async Task A_recall_without_upkeep_goes_by_the_configured_model_where_it_has_every_vector()
    {
        await using var f = new ServiceFixture();
        using var model = new Model();
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        var id = (await f.StoreAsync("The staging server runs Debian 11")).Memory.Id;
        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "staging server" })).Value!.Note.ShouldNotBeNull();
        model.Asked.ShouldBe(0);
        await f.Store.WriteAsync(ServiceFixture.Ns, w => { w.SetVector(id, "test/4/1", StoredVector.Of([1, 0, 0, 0])); return true; });

        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "staging server" })).Value!.Note.ShouldBeNull();
        model.Asked.ShouldBe(1);
        (await EmbeddingsAsync(memories)).Model.ShouldBe("test/4/1");
    }

    [Fact]
    public async Task An_endpoint_that_has_not_answered_since_the_start_is_named_in_recall_and_status()
    {
        await using var f = new ServiceFixture();
        using var model = new Model { IsDown = true };
        using var source = Source(model);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await StoreAsync(f, 2);
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        await UntilAsync(async () => (await EmbeddingsAsync(memories)).Problem is not null);

        var status = await EmbeddingsAsync(memories);
        status.Problem.ShouldNotBeNull().ShouldContain("is down");
        (status.Model, status.Embedded, status.Missing).ShouldBe((source.Table!.Model.ToString(), null, null));
        var recalled = (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "crate number 1" })).Value!;
        recalled.Memories.ShouldNotBeEmpty();
        recalled.Note.ShouldNotBeNull().ShouldContain("is down");
        recalled.Note.ShouldContain("built-in table");

        model.IsDown = false;
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return await EmbeddingsAsync(memories) is { Embedded: 2, Chosen: null, Problem: null }; });
        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "crate number 1" })).Value!.Note.ShouldBeNull();
        await EndAsync(stop, upkeep);
    }

    [Fact]
    public async Task The_encoder_reads_what_is_there_and_what_is_stored_since()
    {
        await using var f = new ServiceFixture();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await StoreAsync(f, 40);
        (await EmbeddingsAsync(memories)).Unread.ShouldBe(40);
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return (await EmbeddingsAsync(memories)).Unread == 0; });

        await memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = "Crate number 41 is empty" }]);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return await EmbeddingsAsync(memories) is { Unread: 0, Embedded: 41 }; });

        // Nobody else waits for what is done.
        await UntilAsync(async () => (await f.Store.ExamineAsync(repair: false)).Count == 0 && await HolderAsync() == Other);
        await f.Store.ReleaseLeaseAsync("sentences", Other);

        // Of what another process stores nobody tells: it is found a minute later.
        await f.StoreAsync("Crate number 42 is empty");
        (await EmbeddingsAsync(memories)).Unread.ShouldBe(1);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(10)); return (await EmbeddingsAsync(memories)).Unread == 0; });
        await EndAsync(stop, upkeep);

        async Task<string> HolderAsync() => (await f.Store.AcquireLeaseAsync("sentences", Other, TimeSpan.FromMinutes(2))).Holder;
    }

    [Fact]
    public async Task A_small_namespace_does_not_wait_until_a_large_one_is_read()
    {
        await using var f = new ServiceFixture();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        _ = Namespace.TryParse("zz-small", out var small);
        foreach (var batch in Enumerable.Range(0, 600).Chunk(100))
        {
            await memories.StoreAsync(ServiceFixture.Ns, [.. batch.Select(static i => new NewMemory { Content = $"Crate {i}" })]);
        }

        await memories.StoreAsync(small, [new NewMemory { Content = "Crate number 1" }]);
        var upkeep = memories.KeepVectorsAsync(stop.Token);

        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return (await memories.StatusAsync(small)).Embeddings.Unread == 0; });

        (await EmbeddingsAsync(memories)).Unread!.Value.ShouldBeGreaterThan(0);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(1)); return (await EmbeddingsAsync(memories)).Unread == 0; });
        await EndAsync(stop, upkeep);
    }

    [Fact]
    public async Task While_another_process_reads_for_the_encoder_this_one_does_not()
    {
        await using var f = new ServiceFixture();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);
        await using var memories = new MemoryService(f.Store, f.Time, new Random(2), embeddings: source);
        using var stop = new CancellationTokenSource();
        await StoreAsync(f, 3);
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync("sentences", Other, TimeSpan.FromMinutes(2));
        (await EmbeddingsAsync(memories)).Unread.ShouldBe(3);
        var upkeep = memories.KeepVectorsAsync(stop.Token);
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(20);
            f.Time.Advance(TimeSpan.FromSeconds(4));
        }

        (await EmbeddingsAsync(memories)).Unread.ShouldBe(3);
        await other.ReleaseLeaseAsync("sentences", Other);
        await UntilAsync(async () => { f.Time.Advance(TimeSpan.FromSeconds(10)); return (await EmbeddingsAsync(memories)).Unread == 0; });
        await EndAsync(stop, upkeep);
    }

    private static async Task StoreAsync(ServiceFixture f, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await f.StoreAsync($"Crate number {i} stands in aisle {i * 3}");
        }
    }

    private static async Task EndAsync(CancellationTokenSource stop, Task upkeep)
    {
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
        private bool _isDown;
        private bool _wasDown;

        public bool Hangs { get; set; }

        public int Waiting { get; private set; }

        /// <summary>As an endpoint: which model it has, it tells when it answers.</summary>
        public bool IsDown
        {
            get => _isDown;
            set => (_isDown, _wasDown) = (value, _wasDown || value);
        }

        /// <summary>How many texts it made vectors of.</summary>
        public int Asked { get; private set; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (Hangs)
            {
                Waiting++;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (IsDown)
            {
                throw new EmbeddingException(new Problem(ProblemCode.ModelUnavailable, "The endpoint is down."));
            }

            _wasDown = false;
            Asked += values.Count();
            return new(values.Select(static _ => new Embedding<float>(new float[] { 1, 0, 0, 0 })));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingModel) && !_wasDown ? Name : null;

        public void Dispose()
        {
        }
    }
}
