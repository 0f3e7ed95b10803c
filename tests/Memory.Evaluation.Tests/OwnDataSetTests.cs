using Memory.Core.Embeddings;
using Memory.Core.Storage;

namespace Memory.Evaluation.Tests;

/// <summary>What <c>data/evaluation/README.md</c> says of the project's own set.</summary>
public sealed class OwnDataSetTests
{
    private static readonly DataSet Data = DataSet.Read(DataSet.OwnFolder);

    [Fact]
    public void Statements_are_short_and_in_the_order_in_which_they_were_said()
    {
        Data.Statements.ShouldAllBe(static s => s.Content.Length <= 400);
        foreach (var conversation in Data.Statements.GroupBy(static s => s.Conversation))
        {
            conversation.Select(static s => s.SaidAt).ShouldBeInOrder();
        }
    }

    [Fact]
    public void Readme_tells_the_number_of_questions_of_each_category()
    {
        var readme = File.ReadAllText(Path.Combine(DataSet.OwnFolder, "README.md"));

        readme.ShouldContain($"{Data.Statements.Count} memories and {Data.Questions.Count} questions");
        foreach (var category in Data.Questions.CountBy(static q => q.Category))
        {
            readme.ShouldContain($"| `{category.Key}` | {category.Value} |");
        }
    }

    [Fact]
    public void Only_questions_of_category_none_have_no_answer_and_only_those_of_multi_have_several() =>
        Data.Questions.Where(static q => q.Category switch
        {
            "none" => q.Relevant.Count > 0,
            "multi" => q.Relevant.Count is < 2 or > 4,
            _ => q.Relevant.Count == 0,
        }).ShouldBeEmpty();

    [Fact]
    public async Task Stored_for_its_questions_every_conversation_has_its_named_things()
    {
        await using var stored = await StoredDataSet.StoreAsync(Data, new EmbeddingSource(StaticEmbedder.DefaultPath), CancellationToken.None);

        foreach (var conversation in Data.Statements.Select(static s => s.Conversation).Distinct())
        {
            (await stored.Store.ReadAsync(stored.NamespaceOf(conversation), static r => r.MostConnected(1))).ShouldNotBeEmpty(conversation);
        }
    }

    [Fact]
    public async Task Paraphrases_share_no_word_with_their_answers()
    {
        await using var stored = await StoredDataSet.StoreAsync(Data, new EmbeddingSource(StaticEmbedder.DefaultPath), CancellationToken.None);
        var paraphrases = Data.Questions.Where(static q => q.Category == "paraphrase").ToList();

        paraphrases.ShouldNotBeEmpty();
        foreach (var question in paraphrases)
        {
            var sharing = await stored.Store.ReadAsync(stored.NamespaceOf(question.Conversation), reader =>
                reader.Search(LexicalQuery.Parse(question.Query), new MemoryFilter(), int.MaxValue).Select(static m => m.Memory.Id).ToHashSet());
            question.Relevant.Where(id => sharing.Contains(stored.IdOf(question.Conversation, id))).ShouldBeEmpty(question.Query);
        }
    }
}
