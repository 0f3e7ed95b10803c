using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Onnx;

/// <summary>The files of a sentence transformer, and what its small configuration files say. Knows nothing of the runtime.</summary>
/// <param name="Model">The path of <c>model.onnx</c>.</param>
/// <param name="Tokenizer">The path of <c>tokenizer.json</c> or <c>vocab.txt</c>.</param>
/// <param name="MaxTokens">How many tokens of a text the model reads, those at its ends included.</param>
/// <param name="LowerCase">Whether the configuration says that case does not count; <see langword="null"/> when it says nothing.</param>
/// <param name="Pooling">How vectors of tokens become one.</param>
/// <param name="Files">All files that decide what vectors come out, in the order of their names.</param>
internal sealed record ModelFolder(string Model, string Tokenizer, int MaxTokens, bool? LowerCase, Pooling Pooling, IReadOnlyList<string> Files)
{
    /// <summary>What is read of a text at most, whatever a model claims: memory and time are bounded.</summary>
    public const int LongestText = 512;

    // Begin, end and a few words; a limit below is a misread file.
    private const int ShortestText = 8;

    public const string TokenizerJson = "tokenizer.json";
    public const string Vocabulary = "vocab.txt";

    /// <summary>Looks for the files and reads the small ones.</summary>
    public static Outcome<ModelFolder> Open(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return OnnxProblem.Of($"The folder '{directory}' of the model does not exist.");
        }

        var model = First(directory, "model.onnx", "onnx/model.onnx");
        var tokenizer = First(directory, TokenizerJson, Vocabulary);
        if (model is null || tokenizer is null)
        {
            return OnnxProblem.Of($"The folder '{directory}' has no {(model is null ? "model.onnx" : $"{TokenizerJson} or {Vocabulary}")}. A sentence transformer needs model.onnx and one of {TokenizerJson} and {Vocabulary}.");
        }

        var settings = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in (string[])["sentence_bert_config.json", "tokenizer_config.json", "1_Pooling/config.json"])
        {
            if (First(directory, name) is not { } path)
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                settings[name] = document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("it is no object");
            }
            catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
            {
                return OnnxProblem.Damaged(path, error.Message.TrimEnd('.'));
            }
        }

        var pooling = PoolingOf(settings.GetValueOrDefault("1_Pooling/config.json"));
        if (pooling is null)
        {
            return OnnxProblem.Of($"The model in '{directory}' makes one vector of many in a way that is not known here; the mean and the first token's are.");
        }

        // Large models keep their weights beside model.onnx, under names that begin like it.
        string[] files = [.. Directory.EnumerateFiles(Path.GetDirectoryName(model)!, "model.onnx*"), tokenizer, .. settings.Keys.Select(name => Path.Combine(directory, name))];
        return new ModelFolder(
            model,
            tokenizer,
            Math.Clamp(Math.Min(Limit(settings, "sentence_bert_config.json", "max_seq_length"), Limit(settings, "tokenizer_config.json", "model_max_length")), ShortestText, LongestText),
            Flag(settings.GetValueOrDefault("tokenizer_config.json"), "do_lower_case"),
            pooling.Value,
            [.. files.Order(StringComparer.Ordinal)]);
    }

    /// <summary>32 hexadecimal digits made from the names and contents of all files. Reads them: 0.1 s for 100 MB.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public string Version()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Files)
        {
            using var file = File.OpenRead(path);
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + '\0'));
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 16));
    }

    private static string? First(string directory, params string[] names) => names.Select(n => Path.Combine(directory, n)).FirstOrDefault(File.Exists);

    // Some files write 1e30 for 'no limit'.
    private static int Limit(Dictionary<string, JsonElement> settings, string file, string name) =>
        settings.TryGetValue(file, out var json) && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 1 and <= LongestText and var limit
            ? (int)limit
            : LongestText;

    private static bool? Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static Pooling? PoolingOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Pooling.Mean;
        }

        var modes = json.EnumerateObject().Where(static p => p.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.True).Select(static p => p.Name).ToArray();
        return modes switch
        {
            [] or ["pooling_mode_mean_tokens"] => Pooling.Mean,
            ["pooling_mode_cls_token"] => Pooling.First,
            _ => null,
        };
    }
}
