using System.Runtime.InteropServices;
using System.Text;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// The set of terms of a text as sorted 64-bit hashes: what <see cref="LexicalQuery.Parse"/> finds, for comparing many texts without making a
/// string of each word. Of a long text up to <see cref="LexicalQuery.MaxTerms"/> words and as many of text without spaces count.
/// </summary>
internal sealed class TermSet
{
    private readonly List<ulong> _terms = new(LexicalQuery.MaxTerms);
    private readonly List<ulong> _others = new(LexicalQuery.MaxTerms);

    /// <summary>How many terms there are.</summary>
    public int Count => _terms.Count;

    /// <summary>Takes the terms of a text in place of those it held.</summary>
    public TermSet Take(string text)
    {
        _terms.Clear();
        _others.Clear();
        var words = 0;
        var pairs = 0;
        var terms = new TermScanner(text);
        while (terms.Next() && words + pairs < 2 * LexicalQuery.MaxTerms)
        {
            if (terms.IsUnspaced)
            {
                pairs += AddPairs(terms.Term, LexicalQuery.MaxTerms - pairs);
            }
            else if (IsStopWord(terms.Term))
            {
                AddNew(_others, HashOf(terms.Term));
            }
            else if (words < LexicalQuery.MaxTerms && AddNew(_terms, HashOf(terms.Term)))
            {
                words++;
            }
        }

        // Stop words count where there is nothing else.
        if (_terms.Count == 0)
        {
            _terms.AddRange(_others[..Math.Min(_others.Count, LexicalQuery.MaxTerms)]);
        }

        _terms.Sort();
        return this;
    }

    /// <summary>The Dice coefficient of two sets, 2|A and B| / (|A| + |B|), in [0, 1]; 0 where both are empty.</summary>
    public double Dice(TermSet other)
    {
        var a = CollectionsMarshal.AsSpan(_terms);
        var b = CollectionsMarshal.AsSpan(other._terms);
        var shared = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            shared += a[i] == b[j] ? 1 : 0;
            var step = a[i].CompareTo(b[j]);
            i += step <= 0 ? 1 : 0;
            j += step >= 0 ? 1 : 0;
        }

        return a.Length + b.Length == 0 ? 0 : 2.0 * shared / (a.Length + b.Length);
    }

    private int AddPairs(ReadOnlySpan<char> run, int room)
    {
        var added = 0;
        ulong last = 0;
        foreach (var rune in run.EnumerateRunes())
        {
            if (last != 0 && added < room && AddNew(_terms, (last << 32) | (uint)rune.Value))
            {
                added++;
            }

            last = (uint)rune.Value;
        }

        var isOne = added == 0 && Rune.DecodeFromUtf16(run, out _, out var length) == System.Buffers.OperationStatus.Done && length == run.Length;
        return isOne && room > 0 && AddNew(_terms, last) ? 1 : added;
    }

    private static bool AddNew(List<ulong> terms, ulong term)
    {
        if (terms.Contains(term))
        {
            return false;
        }

        terms.Add(term);
        return true;
    }

    private static bool IsStopWord(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[8];
        return word.Length <= lower.Length && LexicalQuery.IsStopWord(lower[..word.ToLowerInvariant(lower)]);
    }

    // FNV-1a, 64 bits, of the characters in lower case.
    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
        {
            hash = (hash ^ char.ToLowerInvariant(c)) * 1099511628211UL;
        }

        return hash;
    }
}
