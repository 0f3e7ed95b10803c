using System.Text;

namespace Memory.Benchmarks.Texts;

/// <summary>A statement and a question that it answers, with slots in braces; a slot that both have holds the same words in both.</summary>
internal sealed class SentenceTemplate(string statement, string question)
{
    private readonly string[] _statement = statement.Split('{', '}');
    private readonly string[] _question = question.Split('{', '}');

    /// <summary>Fills the slots of both.</summary>
    public (string Statement, string Question) Fill(Random random)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        return (Fill(_statement, values, random), Fill(_question, values, random));
    }

    // What stands between braces is every second part. A digit tells two slots of one kind apart.
    private static string Fill(string[] parts, Dictionary<string, string> values, Random random)
    {
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
            {
                text.Append(parts[i]);
                continue;
            }

            if (!values.TryGetValue(parts[i], out var value))
            {
                values[parts[i]] = value = SlotWords.Of(parts[i].TrimEnd('2', '3'), random);
            }

            text.Append(value);
        }

        return text.ToString();
    }
}
