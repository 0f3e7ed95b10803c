using Microsoft.ML.Tokenizers;

namespace Memory.Onnx;

/// <summary>Makes numbers of a text as the model learnt them: begin, pieces of words, end; cut to what the model reads.</summary>
/// <param name="tokenizer">Makes the pieces; thread-safe.</param>
/// <param name="before">The tokens before each text.</param>
/// <param name="after">The tokens after each text.</param>
/// <param name="padding">What fills short texts up to the longest of a batch.</param>
/// <param name="spaceFirst">Whether a text is read as if it began with a space.</param>
internal sealed class TextTokenizer(Tokenizer tokenizer, int[] before, int[] after, int padding, bool spaceFirst)
{
    // Tokens hold about four characters. What is beyond this cannot be among the first 512 but in texts made of one endless word.
    private const int MaxCharacters = 32_768;

    public int Padding => padding;

    /// <summary>The tokens of a text, at most <paramref name="maxTokens"/> with begin and end; never none when the model has a begin or an end.</summary>
    public int[] Encode(string text, int maxTokens)
    {
        var read = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        var room = maxTokens - before.Length - after.Length;
        var pieces = tokenizer is BertTokenizer bert
            ? bert.EncodeToIds(read, room, addSpecialTokens: false, out _, out _)
            : tokenizer.EncodeToIds(spaceFirst ? " " + read : read, room, out _, out _);
        return [.. before, .. pieces, .. after];
    }
}
