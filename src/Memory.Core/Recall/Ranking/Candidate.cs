namespace Memory.Core.Recall.Ranking;

/// <summary>One entry of the index and the parts of its relevance, each in [0, 1] before its share is applied.</summary>
internal record struct Candidate
{
    /// <summary>The entry.</summary>
    public required int Entry { get; init; }

    /// <summary>BM25 against that of the best entry.</summary>
    public float Words { get; set; }

    /// <summary>The cosine with the query against that of the nearest entry.</summary>
    public float Meaning { get; set; }

    /// <summary>The cosine itself, 0 to 1; it alone says whether there is any likeness.</summary>
    public float Cosine { get; set; }

    /// <summary>How well each word of the query is met by some word of the entry, against the best entry.</summary>
    public float WordMeaning { get; set; }

    /// <summary>The likeness of the whole sentences, by the encoder, against the nearest; 0 where it was not looked at.</summary>
    public float Sentence { get; set; }

    /// <summary>What the neighbours in its session lend.</summary>
    public float Neighbours { get; set; }

    /// <summary>What memories lend that speak of the same rarely named things.</summary>
    public float Entities { get; set; }

    /// <summary>Whether it lies in the time that the query names: 1 for certain, less for a guess.</summary>
    public float Time { get; set; }

    /// <summary>All of it together, 0 or more; comparable within one recall.</summary>
    public float Relevance { get; set; }

    /// <summary>The most relevant first, of equals the one stored last.</summary>
    public static int ByRelevance(Candidate a, Candidate b) => a.Relevance != b.Relevance ? b.Relevance.CompareTo(a.Relevance) : b.Entry.CompareTo(a.Entry);
}
