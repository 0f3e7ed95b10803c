namespace Memory.Benchmarks.Texts;

/// <summary>
/// Ordinary English sentences about people, projects, tools and dates, such as assistants store: words that a table of embeddings knows, among
/// the names, numbers and identifiers that it does not.
/// </summary>
internal sealed class RealText(int seed) : ITextSource
{
    public string Statement(int number) => Of(number).Statement;

    public string Question(int number) => Of(number).Question;

    private (string Statement, string Question) Of(int number)
    {
        var random = TextChance.Of(seed, number);
        return random.Pick(SentenceTemplates.All).Fill(random);
    }
}
