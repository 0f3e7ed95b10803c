namespace Memory.Core.Recall.Index;

/// <summary>What a part of a kept index holds. They come in this order.</summary>
internal enum IndexSection
{
    /// <summary>How many of everything there are.</summary>
    Sizes,

    /// <summary>The vocabulary.</summary>
    Words,

    /// <summary>Texts of tags.</summary>
    Tags,

    /// <summary>Names of sessions.</summary>
    Sessions,

    /// <summary>Entries, with the numbers of their words and tags.</summary>
    Entries,

    /// <summary>Vectors with their factors.</summary>
    Vectors,

    /// <summary>For each term the entries that hold it.</summary>
    Postings,
}
