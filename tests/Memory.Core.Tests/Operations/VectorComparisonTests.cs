using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;
using Microsoft.Extensions.AI;

namespace Memory.Core.Tests.Operations;

public sealed class VectorComparisonTests
{
    private static readonly string[] Texts = ["The kettle boils at noon.", "Harbor ships its parcels on Fridays.", "12:30", "!", "Ana painted the door green."];

    [Fact]
    public async Task Of_vectors_of_their_own_texts_finds_nothing()
    {
        await using var f = await FilledAsync();

        (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_vector_of_another_scale_finds_it_and_replaces_it()
    {
        await using var f = await FilledAsync();
        var right = (await VectorsAsync(f, f.Memories))[0];
        await SetAsync(f, (await f.Memories.StatusAsync(ServiceFixture.Ns)).Embeddings.Model!, right.Statement.Id, right.Vector with { Scale = right.Vector.Scale * 1000 });

        (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: true)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_vectors_of_the_table_that_are_of_other_texts_finds_each_and_replaces_it()
    {
        await using var f = await FilledAsync();
        var right = await VectorsAsync(f, f.Memories);
        var model = (await f.Memories.StatusAsync(ServiceFixture.Ns)).Embeddings.Model!;
        await SetAsync(f, model, right[0].Statement.Id, right[1].Vector);
        await SetAsync(f, model, right[1].Statement.Id, right[0].Vector);

        var found = (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: false)).ShouldHaveSingleItem();
        (found.Check, found.CanRepair, found.IsRepaired).ShouldBe(("vectors", true, false));
        found.Problem.ShouldStartWith("2 memories of namespace default");
        (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: true)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        (await f.Memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: false)).ShouldBeEmpty();
        (await VectorsAsync(f, f.Memories)).Select(static v => Convert.ToHexString([.. v.Vector.Values.ToArray().Select(static b => (byte)b)]))
            .ShouldBe(right.Select(static v => Convert.ToHexString([.. v.Vector.Values.ToArray().Select(static b => (byte)b)])));
    }

    [Fact]
    public async Task Of_a_vector_of_the_encoder_that_is_of_another_text_finds_it_and_replaces_it()
    {
        await using var f = await FilledAsync();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);
        await using var memories = new MemoryService(f.Store, TimeProvider.System, new Random(2), embeddings: source);
        await memories.EncodeMissingAsync(ServiceFixture.Ns);
        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.Sample, repair: false)).ShouldBeEmpty();
        var model = source.Encoder!.Model.ToString();
        var ana = (await f.Store.ReadAsync(ServiceFixture.Ns, r => r.EmbeddedAfter(0, model, Texts.Length))).Single(static e => e.Statement.Content == Texts[4]);
        await SetAsync(f, model, ana.Statement.Id, source.Encoder.VectorOf(Texts[0]));

        var found = (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.Sample, repair: false)).ShouldHaveSingleItem();
        found.Problem.ShouldBe($"1 memories of namespace default have a vector of {model} that is not of their text.");
        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: true)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();

        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_the_configured_model_looks_only_when_asked_and_says_when_it_does_not_answer()
    {
        await using var f = await FilledAsync();
        using var model = new Lengths();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, () => Outcome.Of<IEmbeddingGenerator<string, Embedding<float>>>(model));
        await using var memories = new MemoryService(f.Store, TimeProvider.System, new Random(2), embeddings: source);
        foreach (var (_, statement, _) in await VectorsAsync(f, f.Memories))
        {
            await SetAsync(f, Lengths.Name.ToString(), statement.Id, Lengths.Of(statement.Content == Texts[0] ? "of quite another length, longer by far than any of them" : statement.Content));
        }

        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.None, repair: false)).ShouldBeEmpty();
        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.Sample, repair: false)).ShouldHaveSingleItem().Problem.ShouldStartWith("1 memories of namespace default have a vector of lengths/2/1");
        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: true)).ShouldHaveSingleItem().IsRepaired.ShouldBeTrue();
        (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: false)).ShouldBeEmpty();

        model.Fails = true;
        var untold = (await memories.CompareVectorsAsync(ServiceFixture.Ns, ComparedVectors.All, repair: true)).ShouldHaveSingleItem();
        (untold.CanRepair, untold.IsRepaired).ShouldBe((false, false));
        untold.Problem.ShouldEndWith("could not be compared: It is out.");
    }

    private static async Task<ServiceFixture> FilledAsync()
    {
        var fixture = new ServiceFixture();
        foreach (var text in Texts)
        {
            await fixture.StoreAsync(text);
        }

        return fixture;
    }

    private static async Task<IReadOnlyList<EmbeddedStatement>> VectorsAsync(ServiceFixture f, MemoryService memories)
    {
        var model = (await memories.StatusAsync(ServiceFixture.Ns)).Embeddings.Model!;
        return await f.Store.ReadAsync(ServiceFixture.Ns, r => r.EmbeddedAfter(0, model, 100));
    }

    private static Task<bool> SetAsync(ServiceFixture f, string model, MemoryId id, StoredVector vector) => f.Store.WriteAsync(ServiceFixture.Ns, w =>
    {
        w.SetVector(id, model, vector);
        return true;
    });

    /// <summary>A model whose vectors tell how long a text is.</summary>
    private sealed class Lengths : IEmbeddingGenerator<string, Embedding<float>>
    {
        public static readonly EmbeddingModel Name = new("lengths", 2, "1");

        public bool Fails { get; set; }

        public static StoredVector Of(string text) => StoredVector.Of(Vector(text));

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => Fails
            ? throw new EmbeddingException(new Problem(ProblemCode.ModelUnavailable, "It is out."))
            : Task.FromResult<GeneratedEmbeddings<Embedding<float>>>(new(values.Select(static v => new Embedding<float>(Vector(v)))));

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingModel) ? Name : null;

        public void Dispose()
        {
        }

        private static float[] Vector(string text) => [MathF.Cos(text.Length / 20f), MathF.Sin(text.Length / 20f)];
    }
}
