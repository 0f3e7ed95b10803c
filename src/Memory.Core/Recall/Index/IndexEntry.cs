using Memory.Core.Memories;

namespace Memory.Core.Recall.Index;

/// <summary>What is kept in memory of one memory, besides its words and its vector. Times are milliseconds since 1970-01-01 UTC.</summary>
internal struct IndexEntry
{
    public ulong Id;
    public long CreatedAt;
    public long When;
    public long EndedAt;
    public float Confidence;
    public float Importance;
    public MemoryState State;
    public MemoryKind Kind;

    /// <summary>How many words the text has, those that say nothing of the subject included.</summary>
    public ushort Length;

    /// <summary>Whether somebody speaks to somebody: a word of the second person, or a question.</summary>
    public bool IsTurn;

    /// <summary>The number of its session, or -1.</summary>
    public int Session;

    /// <summary>Its place in the session.</summary>
    public int Position;

    /// <summary>Where its words begin in the index's list of words, and how many there are.</summary>
    public int WordsAt;
    public ushort WordCount;

    /// <summary>Where its tags begin in the index's list of tags, and how many there are.</summary>
    public int TagsAt;
    public ushort TagCount;
}
