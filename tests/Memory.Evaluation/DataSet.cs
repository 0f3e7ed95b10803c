using System.Reflection;
using System.Text.Json;

namespace Memory.Evaluation;

/// <summary>Something that was said and is to be remembered.</summary>
/// <param name="Conversation">Whose; each conversation is a namespace of its own.</param>
/// <param name="Id">Its name in the data set, unique in its conversation.</param>
/// <param name="Session">The session, if known.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="Content">The words.</param>
internal sealed record Statement(string Conversation, string Id, string? Session, DateTimeOffset SaidAt, string Content);

/// <summary>Something that is asked.</summary>
/// <param name="Conversation">Whose memories shall answer.</param>
/// <param name="Query">The words.</param>
/// <param name="Category">What makes it hard.</param>
/// <param name="Relevant">The ids of the statements that answer it; none when nothing does.</param>
internal sealed record Question(string Conversation, string Query, string Category, IReadOnlyList<string> Relevant);

/// <summary>Statements in the order in which they were said, and questions about them. It is called as its folder is.</summary>
internal sealed record DataSet(string Name, IReadOnlyList<Statement> Statements, IReadOnlyList<Question> Questions)
{
    /// <summary>The project's own set: <c>data/evaluation</c>.</summary>
    public static string OwnFolder { get; } = Path.Combine(
        typeof(DataSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!, "data", "evaluation");

    /// <summary>Reads <c>memories.jsonl</c> and <c>queries.jsonl</c>.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static DataSet Read(string folder)
    {
        var known = new HashSet<(string Conversation, string Id)>();
        var statements = JsonLines.Read(Path.Combine(folder, "memories.jsonl"), EvaluationJson.Default.MemoryLine, line => Checked(line, known));
        var questions = JsonLines.Read(Path.Combine(folder, "queries.jsonl"), EvaluationJson.Default.QueryLine, line => Checked(line, known));
        return new DataSet(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), statements, questions);
    }

    private static Statement Checked(MemoryLine line, HashSet<(string, string)> known) => line switch
    {
        _ when !SaidAt.TryParse(line.SaidAt, out _) => throw new InvalidDataException($"said_at '{line.SaidAt}' is no time; allowed are {SaidAt.Allowed}."),
        _ when string.IsNullOrWhiteSpace(line.Content) => throw new InvalidDataException("content is empty."),
        _ when !known.Add((line.Conversation, line.Id)) => throw new InvalidDataException($"id '{line.Id}' was there before in conversation '{line.Conversation}'."),
        _ => new Statement(line.Conversation, line.Id, line.Session, SaidAt.Parse(line.SaidAt), line.Content),
    };

    private static Question Checked(QueryLine line, HashSet<(string, string)> known)
    {
        // Other sets number their categories; here a category is only a name.
        var category = line.Category.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? line.Category.ToString()
            : throw new InvalidDataException("category is neither text nor a number.");
        if (line.Relevant.FirstOrDefault(id => !known.Contains((line.Conversation, id))) is { } unknown)
        {
            throw new InvalidDataException($"relevant id '{unknown}' is not in conversation '{line.Conversation}'.");
        }

        return line.Relevant.Distinct().Count() == line.Relevant.Count
            ? new Question(line.Conversation, line.Query, category, line.Relevant)
            : throw new InvalidDataException("relevant names an id twice.");
    }
}
