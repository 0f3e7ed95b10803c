using System.Collections.Concurrent;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// In how many memories of the file a word occurs, remembered by this process. Counting reads the word's whole list of occurrences;
/// the answer only guides which words to search by, so an old one does until the file has grown to twice its size.
/// </summary>
internal sealed class WordFrequencies
{
    private const int MaxRemembered = 20_000;

    // A young file changes its proportions quickly, and counting in it is cheap.
    private const int AlwaysCountBelow = 200;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _countedAt;

    /// <summary>The counts of these words.</summary>
    public Dictionary<string, int> Of(SqliteSession session, IEnumerable<string> words)
    {
        var sequence = session.Scalar("SELECT value FROM sequence");
        if (sequence > 2 * Interlocked.Read(ref _countedAt) || sequence < AlwaysCountBelow || _counts.Count > MaxRemembered)
        {
            _counts.Clear();
            Interlocked.Exchange(ref _countedAt, sequence);
        }

        return words.ToDictionary(static w => w, w => _counts.GetOrAdd(w, Count, session), StringComparer.Ordinal);
    }

    private static int Count(string word, SqliteSession session) =>
        (int)session.Scalar("SELECT count(*) FROM memory_words WHERE memory_words MATCH ?1", LexicalQuery.Quoted(word));
}
