using System.Text.Json;

namespace Memory.Onnx;

/// <summary>What a <c>tokenizer.json</c> holds, as far as WordPiece and BPE need it. The element must outlive this.</summary>
internal sealed class TokenizerJson
{
    private readonly JsonElement _root;
    private readonly JsonElement _model;

    /// <exception cref="InvalidDataException">A part that every such file has is missing or of another form.</exception>
    public TokenizerJson(JsonElement root)
    {
        _root = root;
        _model = Section("model") is { ValueKind: JsonValueKind.Object } model ? model : throw new InvalidDataException("it has no 'model'");
        // Old files leave the type out; only BPE has merges.
        ModelType = Type(_model) ?? (_model.TryGetProperty("merges", out _) ? "BPE" : null);
        (Before, After) = Ends(Section("post_processor"));
    }

    public string? ModelType { get; }

    /// <summary>The tokens before each text.</summary>
    public string[] Before { get; }

    /// <summary>The tokens after each text.</summary>
    public string[] After { get; }

    public static string? Type(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out var type) ? type.GetString() : null;

    public static bool? Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public JsonElement Section(string name) => _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) ? value : default;

    public string? Text(string name) => _model.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool? Flag(string name) => Flag(_model, name);

    /// <summary>The pieces and their numbers, those that were added to the model's included.</summary>
    public Dictionary<string, int> Vocabulary()
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var piece in _model.GetProperty("vocab").EnumerateObject())
        {
            ids[piece.Name] = piece.Value.GetInt32();
        }

        if (Section("added_tokens") is { ValueKind: JsonValueKind.Array } added)
        {
            foreach (var token in added.EnumerateArray())
            {
                ids.TryAdd(token.GetProperty("content").GetString()!, token.GetProperty("id").GetInt32());
            }
        }

        return ids;
    }

    /// <summary>The pieces in the order of their numbers, as the lines of a <c>vocab.txt</c>.</summary>
    /// <exception cref="InvalidDataException">The numbers are not 0, 1, 2 …</exception>
    public string[] Words()
    {
        var ids = Vocabulary();
        var words = new string[ids.Count];
        foreach (var (word, id) in ids)
        {
            if (id < 0 || id >= words.Length || words[id] is not null || word.Contains('\n', StringComparison.Ordinal))
            {
                throw new InvalidDataException("the numbers of its vocabulary have gaps or occur twice");
            }

            words[id] = word;
        }

        return words;
    }

    /// <summary>Which pieces become one, the first pair first, each as <c>a b</c>.</summary>
    public string[] Merges() => [.. _model.GetProperty("merges").EnumerateArray().Select(static m =>
        m.ValueKind == JsonValueKind.String ? m.GetString()! : $"{m[0].GetString()} {m[1].GetString()}")];

    private static (string[] Before, string[] After) Ends(JsonElement processor)
    {
        switch (Type(processor))
        {
            case "TemplateProcessing":
                var single = processor.GetProperty("single").EnumerateArray().ToArray();
                var text = Array.FindIndex(single, static part => part.TryGetProperty("Sequence", out _));
                return text < 0
                    ? throw new InvalidDataException("its template has no place for the text")
                    : ([.. single[..text].Select(Token)], [.. single[(text + 1)..].Select(Token)]);
            case "BertProcessing" or "RobertaProcessing":
                return ([processor.GetProperty("cls")[0].GetString()!], [processor.GetProperty("sep")[0].GetString()!]);
            case null or "ByteLevel":
                return ([], []);
            case var other:
                throw new InvalidDataException($"its ends are of a type that is not known here, '{other}'");
        }
    }

    private static string Token(JsonElement part) => part.GetProperty("SpecialToken").GetProperty("id").GetString()!;
}
