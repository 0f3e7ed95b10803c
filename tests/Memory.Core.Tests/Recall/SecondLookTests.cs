using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;
using Memory.Core.Tests.Embeddings;

namespace Memory.Core.Tests.Recall;

/// <summary>What the sentence encoder changes in a recall, on a real store.</summary>
public sealed class SecondLookTests
{
    private const string Question = "Whom does Anika Moreau report to?";
    private const string Answer = "The boss of Anika Moreau is Beatriz Lobo";

    private static readonly string[] Beside =
    [
        "Anika Moreau works out every Thursday", "Anika Moreau has two cats", "Anika Moreau wrote the quarterly report", "Anika Moreau drives a Volvo",
        "Anika Moreau lives in Ghent", "Anika Moreau prefers tea in the morning",
    ];

    [Fact]
    public async Task Recall_with_the_encoders_vectors_brings_what_answers_without_sharing_a_word_nearer_to_the_best()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        var answer = await StoreAsync(f);

        var before = await ShareOfBestAsync(memories, answer);
        (await memories.EncodeMissingAsync(ServiceFixture.Ns)).ShouldBe(Beside.Length + 1);
        var after = await ShareOfBestAsync(memories, answer);

        after.ShouldBeGreaterThan(before + 0.05);
        (await memories.EncodeMissingAsync(ServiceFixture.Ns)).ShouldBe(0);
    }

    [Fact]
    public async Task Recall_explains_the_second_look_and_says_0_where_there_was_none()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        await StoreAsync(f);

        (await SentencesAsync(memories)).ShouldAllBe(static s => s == 0);
        await memories.EncodeMissingAsync(ServiceFixture.Ns);
        var looked = await SentencesAsync(memories);

        looked.Max().ShouldBe(1, 1e-6);
        looked.Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_memory_without_a_vector_is_judged_by_the_rest()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        await StoreAsync(f);
        await memories.EncodeMissingAsync(ServiceFixture.Ns);
        var exact = (await f.StoreAsync("Whom does Anika Moreau report to? She reports to nobody")).Memory.Id;

        (await RankAsync(memories, exact)).ShouldBe(0);
        var recalled = (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = Question, Limit = 20, Explain = true })).Value!.Memories;
        recalled[0].Parts!.Value.Sentence.ShouldBe(0);
        recalled.Skip(1).ShouldContain(static m => m.Parts!.Value.Sentence > 0.99);
    }

    [Fact]
    public async Task Recall_of_a_phrase_that_is_a_piece_of_a_word_has_a_score_although_no_word_fits()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        await f.StoreAsync("The thermostat xq91zz7 hangs in the hall");
        await memories.EncodeMissingAsync(ServiceFixture.Ns);
        await f.StoreAsync("The valve xq91zz8 is in the cellar");

        var found = (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = "\"q91z\"", Explain = true })).Value!.Memories;

        found.Count.ShouldBe(2);
        found.ShouldAllBe(static m => double.IsFinite(m.Score) && double.IsFinite(m.Parts!.Value.Sentence));
    }

    [Fact]
    public void Recall_beside_a_configured_model_takes_no_second_look()
    {
        using var source = new EmbeddingSource(
            StaticEmbedder.DefaultPath, static () => new Problem(ProblemCode.ModelUnavailable, "There is no such model."), SentenceEncoder.DefaultPath);

        source.Encoder.ShouldBeNull();
        source.EncoderProblem.ShouldBeNull();
        source.WantsEncoder.ShouldBeFalse();
        source.LoadEncoder().Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task An_encoder_that_cannot_be_read_leaves_recall_as_it_is_and_status_says_so()
    {
        await using var f = new ServiceFixture();
        using var source = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: Path.Combine(AppContext.BaseDirectory, "none.bin"));
        await using var memories = Memories(f, source);
        var answer = await StoreAsync(f);

        (await memories.EncodeMissingAsync(ServiceFixture.Ns)).ShouldBe(0);
        (await RankAsync(memories, answer)).ShouldBeGreaterThanOrEqualTo(0);
        var status = (await memories.StatusAsync(ServiceFixture.Ns)).Embeddings;
        status.Problem.ShouldNotBeNull().ShouldContain("none.bin");
        status.Unread.ShouldBeNull();
    }

    [Fact]
    public async Task A_vector_of_the_encoder_is_no_change_of_its_memory_and_goes_when_that_is_forgotten()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        var answer = await StoreAsync(f);
        var last = await f.Store.ReadAsync(ServiceFixture.Ns, static r => r.LastSequence());
        (await memories.StatusAsync(ServiceFixture.Ns)).Embeddings.Unread.ShouldBe(Beside.Length + 1);

        await memories.EncodeMissingAsync(ServiceFixture.Ns);

        (await f.Store.ReadAsync(ServiceFixture.Ns, static r => r.LastSequence())).ShouldBe(last);
        (await memories.StatusAsync(ServiceFixture.Ns)).Embeddings.Unread.ShouldBe(0);
        (await CountAsync()).ShouldBe(1);
        await memories.ForgetAsync(ServiceFixture.Ns, [answer]);
        (await CountAsync()).ShouldBe(0);

        Task<int> CountAsync() => f.Store.ReadAsync(ServiceFixture.Ns, r => r.VectorsOf([answer], EmbeddingFiles.Encoder.Model.ToString()).Count);
    }

    [Fact]
    public async Task Vectors_that_are_none_or_of_another_dimension_are_as_if_they_were_not_there()
    {
        await using var f = new ServiceFixture();
        using var source = Source();
        await using var memories = Memories(f, source);
        var answer = await StoreAsync(f);
        var before = await RankAsync(memories, answer);
        foreach (var vector in (StoredVector[])[StoredVector.Of(new float[SentenceEncoder.Dimensions]), StoredVector.Of([1, 2]), new StoredVector(float.PositiveInfinity, new sbyte[SentenceEncoder.Dimensions])])
        {
            await f.Store.WriteAsync(ServiceFixture.Ns, w => { w.SetVector(answer, EmbeddingFiles.Encoder.Model.ToString(), vector, isChange: false); return true; });

            (await RankAsync(memories, answer)).ShouldBe(before);
            (await SentencesAsync(memories)).ShouldAllBe(static s => s == 0);
        }
    }

    [Fact]
    public async Task Recall_of_a_conversation_is_changed_less_than_that_of_notes()
    {
        var notes = await LargestChangeAsync(static i => $"note {i}: you see, he said so?", session: null);
        var talk = await LargestChangeAsync(static i => $"note {i}: you see, he said so?", session: "talk");

        talk.ShouldBeLessThan(notes);

        static async Task<double> LargestChangeAsync(Func<int, string> text, string? session)
        {
            await using var f = new ServiceFixture();
            using var source = Source();
            // Neighbours would lend score, of which a second look makes more or less.
            await using var memories = new MemoryService(f.Store, f.Time, new Random(2), RecallOptions.Default with { NeighbourShare = 0, SecondNeighbourShare = 0 }, embeddings: source);
            foreach (var (i, content) in Beside.Prepend(Answer).Index())
            {
                await f.StoreAsync($"{content}, {text(i)}", session: session);
            }

            var before = await ScoresAsync();
            await memories.EncodeMissingAsync(ServiceFixture.Ns);
            var after = await ScoresAsync();
            return before.Max(b => Math.Abs(b.Value - after[b.Key]));

            async Task<Dictionary<MemoryId, double>> ScoresAsync() =>
                (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = Question, Limit = 20 })).Value!.Memories.ToDictionary(static m => m.Memory.Id, static m => m.Score);
        }
    }

    [Fact]
    public void VectorOf_a_text_without_any_piece_gives_no_vector() => EmbeddingFiles.Encoder.VectorOf("").Scale.ShouldBe(0);

    private static EmbeddingSource Source() => new(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);

    private static MemoryService Memories(ServiceFixture f, EmbeddingSource source) => new(f.Store, f.Time, new Random(2), embeddings: source);

    private static async Task<MemoryId> StoreAsync(ServiceFixture f)
    {
        foreach (var content in Beside)
        {
            await f.StoreAsync(content);
        }

        return (await f.StoreAsync(Answer)).Memory.Id;
    }

    private static async Task<int> RankAsync(MemoryService memories, MemoryId id) =>
        (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = Question, Limit = 20 })).Value!.Memories.ToList().FindIndex(m => m.Memory.Id == id);

    private static async Task<double> ShareOfBestAsync(MemoryService memories, MemoryId id)
    {
        var found = (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = Question, Limit = 20 })).Value!.Memories;
        return found.Single(m => m.Memory.Id == id).Score / found[0].Score;
    }

    private static async Task<double[]> SentencesAsync(MemoryService memories) =>
        [.. (await memories.RecallAsync(ServiceFixture.Ns, new RecallRequest { Query = Question, Limit = 20, Explain = true })).Value!.Memories.Select(static m => m.Parts!.Value.Sentence)];
}
