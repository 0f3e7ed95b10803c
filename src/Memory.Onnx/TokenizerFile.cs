using System.Text;
using System.Text.Json;
using Memory.Core.Memories;
using Microsoft.ML.Tokenizers;

namespace Memory.Onnx;

/// <summary>Builds the tokenizer that a model's file describes, or says which it would need: a tokenizer that is nearly right gives vectors that are quietly wrong.</summary>
internal static class TokenizerFile
{
    private const int MaxBytes = 64 << 20;

    public static Outcome<TextTokenizer> Load(ModelFolder folder)
    {
        var path = folder.Tokenizer;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                return OnnxProblem.Damaged(path, $"it has more than {MaxBytes >> 20} MB");
            }

            if (Path.GetFileName(path) == ModelFolder.Vocabulary)
            {
                return WordPiece(path, File.ReadAllLines(path), folder.LowerCase);
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var json = new TokenizerJson(document.RootElement);
            return json.ModelType switch
            {
                "WordPiece" => WordPiece(path, json),
                "BPE" => BytePair(path, json),
                var other => Unsupported(path, $"a tokenizer of the type '{other ?? "?"}'"),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException)
        {
            return OnnxProblem.Damaged(path, error.Message.TrimEnd('.'));
        }
    }

    private static Outcome<TextTokenizer> WordPiece(string path, string[] words, bool? lowerCase)
    {
        // Of an uncased model no word has a capital letter but the [TOKENS] in brackets.
        var lower = lowerCase ?? !words.Any(static w => w.Length > 0 && w[0] != '[' && w.Any(char.IsAsciiLetterUpper));
        return Bert(path, words, lower, lower, ["[CLS]"], ["[SEP]"], "[UNK]");
    }

    private static Outcome<TextTokenizer> WordPiece(string path, TokenizerJson json)
    {
        var normalizer = json.Section("normalizer");
        if (TokenizerJson.Type(normalizer) is not "BertNormalizer" || TokenizerJson.Type(json.Section("pre_tokenizer")) is not "BertPreTokenizer" || (json.Text("continuing_subword_prefix") ?? "##") != "##")
        {
            return Unsupported(path, "a WordPiece tokenizer that does not divide a text as BERT does");
        }

        var lower = TokenizerJson.Flag(normalizer, "lowercase") ?? true;
        return Bert(path, json.Words(), lower, TokenizerJson.Flag(normalizer, "strip_accents") ?? lower, json.Before, json.After, json.Text("unk_token") ?? "[UNK]");
    }

    private static Outcome<TextTokenizer> Bert(string path, string[] words, bool lowerCase, bool stripAccents, string[] before, string[] after, string unknown)
    {
        var ids = words.Select(static (word, id) => (word, id)).DistinctBy(static w => w.word).ToDictionary(static w => w.word, static w => w.id, StringComparer.Ordinal);
        if (((string[])[.. before, .. after, unknown]).FirstOrDefault(token => !ids.ContainsKey(token)) is { } missing)
        {
            return OnnxProblem.Damaged(path, $"the token '{missing}' is not in its vocabulary");
        }

        var padding = ids.ContainsKey("[PAD]") ? "[PAD]" : ids.ContainsKey("<pad>") ? "<pad>" : unknown;
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', words)));
        var tokenizer = BertTokenizer.Create(vocabulary, new BertOptions
        {
            LowerCaseBeforeTokenization = lowerCase,
            RemoveNonSpacingMarks = stripAccents,
            // 'What is [MASK]?' in a memory is text, as is any other name of a token.
            SplitOnSpecialTokens = false,
            UnknownToken = unknown,
            ClassificationToken = before.FirstOrDefault(unknown),
            SeparatorToken = after.FirstOrDefault(unknown),
            PaddingToken = padding,
            MaskingToken = ids.ContainsKey("[MASK]") ? "[MASK]" : unknown,
        });
        return new TextTokenizer(tokenizer, [.. before.Select(t => ids[t])], [.. after.Select(t => ids[t])], ids[padding], spaceFirst: false);
    }

    private static Outcome<TextTokenizer> BytePair(string path, TokenizerJson json)
    {
        var divider = json.Section("pre_tokenizer");
        if (TokenizerJson.Type(divider) is not "ByteLevel" || TokenizerJson.Flag(divider, "use_regex") is false || json.Section("normalizer") is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) }
            || json.Flag("byte_fallback") is true || json.Flag("ignore_merges") is true)
        {
            return Unsupported(path, "a BPE tokenizer that does not divide a text into bytes as GPT-2 does");
        }

        var ids = json.Vocabulary();
        if (((string[])[.. json.Before, .. json.After]).FirstOrDefault(token => !ids.ContainsKey(token)) is { } missing)
        {
            return OnnxProblem.Damaged(path, $"the token '{missing}' is not in its vocabulary");
        }

        var tokenizer = BpeTokenizer.Create(new BpeOptions(ids) { Merges = json.Merges(), ByteLevel = true, PreTokenizer = RobertaPreTokenizer.Instance, UnknownToken = json.Text("unk_token") });
        return new TextTokenizer(
            tokenizer,
            [.. json.Before.Select(t => ids[t])],
            [.. json.After.Select(t => ids[t])],
            ids.TryGetValue("<pad>", out var padding) || ids.TryGetValue("[PAD]", out padding) ? padding : 0,
            TokenizerJson.Flag(divider, "add_prefix_space") ?? true);
    }

    private static Problem Unsupported(string path, string what) => OnnxProblem.Of(
        $"The file '{path}' describes {what}; known are WordPiece as of BERT and byte-level BPE as of RoBERTa. Choose a model with one of these.");
}
