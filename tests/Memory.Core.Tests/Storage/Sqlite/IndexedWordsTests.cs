using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class IndexedWordsTests
{
    private static readonly Namespace Ns = Namespace.Default;

    [Fact]
    public async Task Store_of_a_batch_makes_one_segment_of_the_index_of_words()
    {
        await using var f = new ServiceFixture();

        await f.Memories.StoreAsync(Ns, [.. Enumerable.Range(0, 3).Select(i => Said($"Harbor number {i} is up"))]);

        Segments(f).ShouldBe(1);
    }

    [Fact]
    public async Task Search_within_the_transaction_finds_what_it_inserted()
    {
        await using var f = new ServiceFixture();

        var found = await f.Store.WriteAsync(Ns, writer =>
        {
            Insert(writer, "The harbor is up");
            Insert(writer, "港は開いている");
            return (
                writer.Search(LexicalQuery.Parse("harbor"), new(), 5).Count,
                writer.Search(LexicalQuery.Parse("港は"), new(), 5).Count,
                writer.NewestWithEachHalf(LexicalQuery.Parse("harbor"), 5).Count);
        });

        found.ShouldBe((1, 1, 1));
        (await f.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Erase_within_the_transaction_that_inserted_leaves_no_word()
    {
        await using var f = new ServiceFixture();

        await f.Store.WriteAsync(Ns, writer =>
        {
            Insert(writer, "The kettle is on");
            writer.Erase([Insert(writer, "The harbor is up").Id]);
            Insert(writer, "The lamp is off");
            return 0;
        });

        (await f.Store.ReadAsync(Ns, static r => r.Search(LexicalQuery.Parse("harbor"), new(), 5).Count)).ShouldBe(0);
        (await f.Store.ReadAsync(Ns, static r => r.Search(LexicalQuery.Parse("kettle lamp"), new(), 5).Count)).ShouldBe(2);
        (await f.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    private static NewMemory Said(string content) => new() { Content = content, Source = "agent" };

    private static MemoryRecord Insert(IMemoryWriter writer, string content) =>
        new StoreOperation(ConfidenceOptions.Default, Random.Shared, EmbeddingSource.None).Insert(writer, Said(content), null, ServiceFixture.Start);

    private static long Segments(ServiceFixture f)
    {
        using var connection = new SqliteConnection($"Data Source={f.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(DISTINCT segid) FROM memory_words_idx";
        return (long)command.ExecuteScalar()!;
    }
}
