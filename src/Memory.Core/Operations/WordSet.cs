using System.Runtime.CompilerServices;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// The first 64 distinct words of a text that say something of its subject (all of them, when none does), as hashes: enough to tell how alike two
/// texts are, and made without a string a word. A store makes two dozen of them.
/// </summary>
internal struct WordSet
{
    private Hashes _hashes;
    private int _count;

    public static WordSet Of(ReadOnlySpan<char> text)
    {
        var set = Of(text, withStopWords: false);
        return set._count > 0 ? set : Of(text, withStopWords: true);
    }

    /// <summary>Twice the shared words by the sum of both counts, in [0, 1] (L. R. Dice, <i>Measures of the Amount of Ecologic Association Between Species</i>, 1945).</summary>
    public readonly double Dice(in WordSet other)
    {
        ReadOnlySpan<int> others = other._hashes;
        var shared = 0;
        for (var i = 0; i < _count; i++)
        {
            shared += others[..other._count].Contains(_hashes[i]) ? 1 : 0;
        }

        return _count + other._count == 0 ? 0 : 2.0 * shared / (_count + other._count);
    }

    private static WordSet Of(ReadOnlySpan<char> text, bool withStopWords)
    {
        var set = new WordSet();
        Span<int> hashes = set._hashes;
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(text, buffer);
        while (set._count < hashes.Length && scanner.Next())
        {
            if (withStopWords || !LexicalQuery.IsStopWord(scanner.Word))
            {
                var hash = string.GetHashCode(scanner.Word);
                if (!hashes[..set._count].Contains(hash))
                {
                    hashes[set._count++] = hash;
                }
            }
        }

        return set;
    }

    [InlineArray(LexicalQuery.MaxTerms)]
    private struct Hashes
    {
        private int _first;
    }
}
