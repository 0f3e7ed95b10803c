using Microsoft.ML.Tokenizers;

namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>Cuts two texts into the pieces of one sequence, as BERT reads sentence pairs (Devlin et al. 2018, arXiv 1810.04805, section 3): <c>[CLS] one [SEP] other [SEP]</c>.</summary>
internal sealed class PairPieces
{
    private const string Begin = "[CLS]";
    private const string End = "[SEP]";
    private const int MaxRead = PairNetworkShape.MaxPiecesOfOne - 2;

    private readonly BertTokenizer _tokenizer;
    private readonly int _begin;
    private readonly int _end;

    /// <summary>Takes a vocabulary, a piece a line, in UTF-8.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public PairPieces(byte[] vocabulary)
    {
        try
        {
            using var lines = new MemoryStream(vocabulary, writable: false);
            // '[SEP]' in a memory is text.
            _tokenizer = BertTokenizer.Create(lines, new BertOptions { SplitOnSpecialTokens = false });
            (_begin, _end) = (_tokenizer.ClassificationTokenId, _tokenizer.SeparatorTokenId);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"its vocabulary is none ({Begin} and {End} belong in it)", error);
        }
    }

    /// <summary>Cuts two texts. Of each the first <see cref="PairNetworkShape.MaxPiecesOfOne"/> pieces are read, marks included.</summary>
    /// <returns>The pieces, and where those of the other begin.</returns>
    public (int[] Pieces, int SecondStart) Read(string one, string other)
    {
        var (first, second) = (Cut(one), Cut(other));
        return ([_begin, .. first, _end, .. second, _end], first.Count + 2);
    }

    private IReadOnlyList<int> Cut(string text) => _tokenizer.EncodeToIds(text, MaxRead, addSpecialTokens: false, out _, out _);
}
