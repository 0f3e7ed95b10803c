using System.Text;

namespace Memory.Core.Embeddings;

/// <summary>
/// Cuts text into the pieces of a unigram language model (SentencePiece): of all ways to cut it, the one whose pieces' log
/// probabilities add up highest. Case counts. Text is brought to Unicode form NFKC, and each space becomes U+2581, also one before the text.
/// Characters that no piece covers become piece 0, a run of them once.
/// Thread-safe.
/// </summary>
public sealed class SentencePieceTokenizer
{
    /// <summary>The piece that stands for characters without one.</summary>
    public const int Unknown = 0;

    /// <summary>How many pieces at the start of a vocabulary are markers, which no text contains.</summary>
    public const int Reserved = 6;

    private const char Space = '\u2581';

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly (string Piece, double Score)[] _vocabulary;
    private readonly int _longest;

    /// <summary>Creates it.</summary>
    /// <param name="vocabulary">Each piece with its log probability; the index is the piece's id, and the first <see cref="Reserved"/> are markers. Of a piece that stands there twice the later counts.</param>
    /// <exception cref="ArgumentException">There are too few pieces, or one is empty.</exception>
    public SentencePieceTokenizer(IReadOnlyList<(string Piece, double Score)> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count <= Reserved)
        {
            throw new ArgumentException($"A vocabulary has more than {Reserved} pieces.", nameof(vocabulary));
        }

        _vocabulary = [.. vocabulary];
        var ids = new Dictionary<string, int>(_vocabulary.Length, StringComparer.Ordinal);
        for (var id = Reserved; id < _vocabulary.Length; id++)
        {
            var piece = _vocabulary[id].Piece;
            if (piece.Length == 0)
            {
                throw new ArgumentException($"The piece at {id} is empty.", nameof(vocabulary));
            }

            // The original has one piece twice, and uses the second.
            ids[piece] = id;
            _longest = Math.Max(_longest, piece.Length);
        }

        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many pieces there are, markers included; ids are less.</summary>
    public int Count => _vocabulary.Length;

    /// <summary>Cuts a text into pieces.</summary>
    /// <param name="text">The text. Of one with broken surrogates, those characters are unknown.</param>
    /// <returns>The ids in order; empty only for an empty text.</returns>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var symbols = Prepare(text);
        return symbols.Length == 0 ? [] : Path(symbols, LastPieces(symbols));
    }

    private static string Prepare(string text)
    {
        var normal = WellFormed.Of(text).Normalize(NormalizationForm.FormKC);
        return normal.Length == 0 ? "" : Space + normal.Replace(' ', Space);
    }

    // For each end, the last piece of the best way to cut what stands before it. An end that no piece reaches begins anew at zero:
    // so does the original, and the vectors were trained on its cuts.
    private int[] LastPieces(string symbols)
    {
        var best = new double[symbols.Length + 1];
        var last = new int[symbols.Length + 1];
        for (var end = 1; end <= symbols.Length; end++)
        {
            for (var start = Math.Max(0, end - _longest); start < end; start++)
            {
                if (_ids.TryGetValue(symbols.AsSpan(start, end - start), out var id))
                {
                    var score = _vocabulary[id].Score + best[start];
                    if (best[end] == 0 || score >= best[end])
                    {
                        best[end] = score;
                        last[end] = id;
                    }
                }
            }
        }

        return last;
    }

    private int[] Path(string symbols, int[] last)
    {
        var path = new List<int>(symbols.Length);
        for (var end = symbols.Length; end > 0;)
        {
            var id = last[end];
            if (id != Unknown || path.Count == 0 || path[^1] != Unknown)
            {
                path.Add(id);
            }

            end -= id == Unknown ? 1 : _vocabulary[id].Piece.Length;
        }

        path.Reverse();
        return [.. path];
    }
}
