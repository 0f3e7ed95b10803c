namespace Memory.Core.Embeddings;

/// <summary>
/// The 64-bit hash under which the static table keeps a word or a piece: FNV-1a over UTF-16 units, then a finisher (the one of SplitMix64),
/// because FNV alone leaves the low bits of short keys alike. Part of the file format: never change it without a new magic.
/// </summary>
internal static class TermHash
{
    /// <summary>Where the hash of a whole word begins.</summary>
    public const ulong Word = 0xcbf29ce484222325;

    /// <summary>Where the hash of a piece that stands inside a word begins.</summary>
    public const ulong Inner = 0x9ae16a3b2f90404f;

    /// <summary>Where the hash of a run of characters begins, from which a direction is made.</summary>
    public const ulong Gram = 0xd6e8feb86659fd93;

    private const ulong Prime = 0x100000001b3;

    /// <summary>Takes one more character in.</summary>
    public static ulong Add(ulong state, char c) => (state ^ c) * Prime;

    /// <summary>Ends a hash.</summary>
    public static ulong Finish(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
        return state ^ (state >> 31);
    }

    /// <summary>The hash of a whole key.</summary>
    public static ulong Of(ReadOnlySpan<char> key, ulong start = Word)
    {
        var state = start;
        foreach (var c in key)
        {
            state = Add(state, c);
        }

        return Finish(state);
    }
}
