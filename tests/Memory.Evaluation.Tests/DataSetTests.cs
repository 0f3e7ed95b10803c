namespace Memory.Evaluation.Tests;

public sealed class DataSetTests : IDisposable
{
    private const string Memory = """{"conversation":"a","id":"1","session":"s","said_at":"2026-05-12","content":"Miso is a cat."}""";
    private const string Query = """{"conversation":"a","query":"Who is Miso?","category":"words","relevant":["1"]}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_reads_names_and_numbers_of_categories_and_passes_over_blank_lines()
    {
        var data = Read(Memory, $"{Query}\n\n{Query.Replace("\"words\"", "2", StringComparison.Ordinal)}\n");

        data.Statements.ShouldHaveSingleItem().Content.ShouldBe("Miso is a cat.");
        data.Questions.Select(static q => q.Category).ShouldBe(["words", "2"]);
    }

    [Theory]
    [InlineData("\"said_at\":\"2026-05-12\"", "\"said_at\":\"soon\"", "memories.jsonl:1: said_at 'soon' is no time")]
    [InlineData("\"content\":\"Miso is a cat.\"", "\"content\":\" \"", "memories.jsonl:1: content is empty")]
    [InlineData("\"id\":\"1\",", "", "memories.jsonl:1: ")]
    [InlineData("\"id\":\"1\"", "\"id\":null", "memories.jsonl:1: ")]
    [InlineData("}", "", "memories.jsonl:1: ")]
    public void Read_says_which_memory_is_wrong(string right, string wrong, string message) =>
        Should.Throw<InvalidDataException>(() => Read(Memory.Replace(right, wrong, StringComparison.Ordinal), Query)).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("[\"1\"]", "[\"2\"]", "queries.jsonl:1: relevant id '2' is not in conversation 'a'")]
    [InlineData("\"a\"", "\"b\"", "queries.jsonl:1: relevant id '1' is not in conversation 'b'")]
    [InlineData("[\"1\"]", "[\"1\",\"1\"]", "queries.jsonl:1: relevant names an id twice")]
    [InlineData("\"words\"", "[]", "queries.jsonl:1: category is neither")]
    public void Read_says_which_question_is_wrong(string right, string wrong, string message) =>
        Should.Throw<InvalidDataException>(() => Read(Memory, Query.Replace(right, wrong, StringComparison.Ordinal))).Message.ShouldStartWith(message);

    [Fact]
    public void Read_refuses_an_id_that_was_there_before() =>
        Should.Throw<InvalidDataException>(() => Read($"{Memory}\n{Memory}", Query)).Message.ShouldStartWith("memories.jsonl:2: id '1' was there before");

    public void Dispose() => _folder.Dispose();

    private DataSet Read(string memories, string queries)
    {
        File.WriteAllText(_folder.File("memories.jsonl"), memories);
        File.WriteAllText(_folder.File("queries.jsonl"), queries);
        return DataSet.Read(_folder.Path);
    }
}
