using System.Buffers;

namespace Memory.Core.Embeddings;

/// <summary>Adds up what the words of one text have to say. Holds no memory of its own but a few hundred bytes on the stack.</summary>
internal readonly ref struct TextSum(StaticTable table, Span<float> vector)
{
    // Against 1 for the mean of the words inside the table. What an unknown word's pieces say is a guess; what its letters are is sure, but says
    // nothing of its meaning, and much of it drowns the words that do.
    private const float PiecesShare = 1f;
    private const float LettersShare = 0.25f;

    // The joined form of an identifier besides its words: it tells memory_store from 'store in memory'.
    private const float JoinedShare = 0.125f;

    // A script that the table knows nothing of has only its letters.
    private const float UnspacedShare = 0.25f;

    // Signs that part words for certain, other than the hyphen.
    private static readonly SearchValues<char> Signs = SearchValues.Create("._/:@\\'\u2019");

    private const int GramLength = 3;

    private readonly StaticTable _table = table;
    private readonly Span<float> _vector = vector;

    /// <summary>Adds every word of a text in Unicode form NFKC.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var scanner = new RunScanner(text);
        while (scanner.Next())
        {
            switch (scanner.Kind)
            {
                case RunKind.Word:
                    AddWord(scanner.Run);
                    break;
                case RunKind.Compound:
                    AddCompound(scanner.Run);
                    break;
                default:
                    AddUnspaced(scanner.Run);
                    break;
            }
        }
    }

    private void AddCompound(ReadOnlySpan<char> run)
    {
        Span<char> joined = stackalloc char[RunScanner.MaxRun];
        var length = 0;
        var identifier = false;
        foreach (var c in run)
        {
            if (!RunScanner.Joins(c))
            {
                joined[length++] = char.ToLowerInvariant(c);
                identifier |= char.IsDigit(c);
            }
            else
            {
                identifier |= c is not ('-' or '\'' or '\u2019' or '/');
            }
        }

        joined = joined[..length];
        // iPhone, GitHub and e-mail are words of their own; of U.S. the letters are not 'us'.
        if (!run.ContainsAny(Signs) && TryAdd(joined, 1))
        {
            return;
        }

        var humps = AddParts(run);
        if (identifier || humps)
        {
            AddLetters(Bounded(joined, stackalloc char[RunScanner.MaxRun + 2]), JoinedShare);
        }
    }

    // Returns whether a change of case or of letters and digits parted two of them.
    private bool AddParts(ReadOnlySpan<char> run)
    {
        var humps = false;
        var start = 0;
        for (var i = 1; i <= run.Length; i++)
        {
            var joint = i < run.Length && RunScanner.Joins(run[i]);
            if (i < run.Length && !joint)
            {
                if (!RunScanner.IsHump(run[i - 1], run[i], i + 1 < run.Length ? run[i + 1] : ' '))
                {
                    continue;
                }

                humps = true;
            }

            if (joint && run[i] is '\'' or '\u2019' && AddContraction(run[start..i], run[(i + 1)..]))
            {
                return humps;
            }

            AddWord(run[start..i]);
            start = joint ? i + 1 : i;
        }

        return humps;
    }

    // don't is do and n't, as in the corpus that the frequencies are from; of Mara's and we'll the ending says nothing.
    private bool AddContraction(ReadOnlySpan<char> word, ReadOnlySpan<char> ending)
    {
        if (ending is "t" or "T" && word.Length > 1 && word[^1] is 'n' or 'N')
        {
            AddWord(word[..^1]);
            AddWord("n't");
            return true;
        }

        if (ending is "s" or "S" or "re" or "ll" or "ve" or "d" or "m")
        {
            AddWord(word);
            return true;
        }

        return false;
    }

    private void AddWord(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[RunScanner.MaxRun];
        lower = lower[..word.Length];
        for (var i = 0; i < word.Length; i++)
        {
            lower[i] = char.ToLowerInvariant(word[i]);
        }

        if (!TryAdd(lower, 1))
        {
            AddUnknown(lower);
        }
    }

    private void AddUnknown(ReadOnlySpan<char> word)
    {
        var bounded = Bounded(word, stackalloc char[RunScanner.MaxRun + 2]);
        Span<int> rows = stackalloc int[(WordPieces.MaxLength - WordPieces.MinLength + 1) * (RunScanner.MaxRun + 2)];
        rows = rows[..WordPieces.Find(bounded, _table, rows)];
        foreach (var row in rows)
        {
            _table.Add(row, PiecesShare / rows.Length, _vector);
        }

        AddLetters(bounded, LettersShare);
    }

    private bool TryAdd(ReadOnlySpan<char> key, float share)
    {
        var row = _table.Find(TermHash.Of(key));
        if (row >= 0)
        {
            _table.Add(row, share, _vector);
        }

        return row >= 0;
    }

    private void AddLetters(ReadOnlySpan<char> bounded, float share)
    {
        var count = bounded.Length - GramLength + 1;
        var length = share / MathF.Sqrt(count);
        for (var i = 0; i < count; i++)
        {
            HashedDirection.Add(TermHash.Of(bounded.Slice(i, GramLength), TermHash.Gram), length, _vector);
        }
    }

    private static ReadOnlySpan<char> Bounded(ReadOnlySpan<char> word, Span<char> buffer)
    {
        buffer = buffer[..(word.Length + 2)];
        buffer[0] = buffer[^1] = WordPieces.Edge;
        word.CopyTo(buffer[1..]);
        return buffer;
    }

    // Each character, and each pair of neighbours, since most words of such scripts have two.
    private void AddUnspaced(ReadOnlySpan<char> run)
    {
        for (var i = 0; i < run.Length;)
        {
            var size = Size(run, i);
            var next = i + size;
            HashedDirection.Add(TermHash.Of(run.Slice(i, size), TermHash.Gram), UnspacedShare / 2, _vector);
            if (next < run.Length)
            {
                HashedDirection.Add(TermHash.Of(run[i..(next + Size(run, next))], TermHash.Gram), UnspacedShare, _vector);
            }

            i = next;
        }
    }

    private static int Size(ReadOnlySpan<char> run, int index) => char.IsHighSurrogate(run[index]) && index + 1 < run.Length ? 2 : 1;
}
