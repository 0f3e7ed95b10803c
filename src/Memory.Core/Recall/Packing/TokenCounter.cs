using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Memory.Core.Recall.Packing;

/// <summary>
/// How many tokens a text takes in a language model's context, by the vocabulary <c>o200k_base</c>. The vocabulary takes a third of a second
/// and some 65 MB, so it is loaded when the first text has to be counted, once a process. Safe for any number of concurrent callers.
/// </summary>
public static class TokenCounter
{
    private static int _loading;

    /// <summary>
    /// Counts the tokens of a text: exactly, except that a stretch of more than 64 characters without a certain boundary of words
    /// (base64, scripts without spaces) is counted in parts and may come out up to three tokens dearer for each part.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="atMost">Where to stop: once there are more, how many more does not matter.</param>
    /// <returns>The number of tokens, or any number above <paramref name="atMost"/>.</returns>
    public static int Count(string text, int atMost = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CountParts(text, atMost);
    }

    /// <summary>More tokens than this a text never takes: each stands for at least one byte of UTF-8. Needs no vocabulary.</summary>
    /// <param name="text">The text.</param>
    public static int UpperBound(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Begins to load the vocabulary, unless somebody already did, so that the first count need not wait for it.</summary>
    public static void LoadInBackground()
    {
        if (Interlocked.Exchange(ref _loading, 1) == 0)
        {
            _ = Task.Run(static () => Count("a"));
        }
    }

    // Not inlined, so that no caller's compilation touches the tokenizer's assembly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CountParts(string text, int atMost)
    {
        var tokens = 0;
        for (var start = 0; start < text.Length && tokens <= atMost;)
        {
            var part = CountablePart.From(text, start);
            tokens += O200k.Vocabulary.CountTokens(text.AsSpan(start, part.Length)) + (part.IsTorn ? 1 : 0);
            start += part.Length;
        }

        return tokens;
    }

    // A class of its own: the runtime loads the vocabulary when its field is first read.
    private static class O200k
    {
        public static readonly Tokenizer Vocabulary = TiktokenTokenizer.CreateForEncoding("o200k_base");
    }
}
