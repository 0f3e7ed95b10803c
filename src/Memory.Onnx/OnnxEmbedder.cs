using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;

namespace Memory.Onnx;

/// <summary>
/// Makes vectors of texts by a sentence transformer in a folder, with no network; they come with length 1. One batch runs at a time, of at most 32 texts
/// and 4,096 tokens, so that memory is bounded whatever the number of texts and callers; a text counts up to its first 512 tokens, or fewer where the model
/// says so. A text of white space only has the zero vector. Thread-safe.
/// </summary>
public sealed class OnnxEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    // Texts of like length go together; looked for among so many.
    private const int Window = 256;

    // Of different lengths, so that a model that mixes up rows or lengths is found out when it is loaded.
    private static readonly string[] Trial = ["memory", "What is remembered is found again, in any later conversation."];

    private readonly OnnxSession _session;
    private readonly TextTokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly string _who;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private OnnxEmbedder(OnnxSession session, TextTokenizer tokenizer, int maxTokens, string who, EmbeddingModel model)
    {
        _session = session;
        _tokenizer = tokenizer;
        _maxTokens = maxTokens;
        _who = who;
        Model = model;
        _metadata = new EmbeddingGeneratorMetadata("onnx", providerUri: null, model.ToString(), model.Dimensions);
    }

    /// <summary>Which model the vectors are of. The version is made from the content of its files, so a folder may move or be renamed.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>Loads a model and tries it on two texts. Takes about a second for 100 MB, and about as much memory as its file is long.</summary>
    /// <param name="directory">
    /// The folder: <c>model.onnx</c> (or <c>onnx/model.onnx</c>) with <c>input_ids</c>, <c>attention_mask</c> and, if it likes, <c>token_type_ids</c>;
    /// <c>tokenizer.json</c> (WordPiece as of BERT, or byte-level BPE) or <c>vocab.txt</c>; <c>sentence_bert_config.json</c>, <c>tokenizer_config.json</c>
    /// and <c>1_Pooling/config.json</c> are heeded.
    /// </param>
    /// <returns>The embedder, or a problem with <see cref="ProblemCode.ModelUnavailable"/> that says which file is missing or what is wrong with the model.</returns>
    public static Outcome<OnnxEmbedder> Load(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        try
        {
            var folder = ModelFolder.Open(directory);
            if (!folder.Succeeded)
            {
                return folder.Problem;
            }

            var tokenizer = TokenizerFile.Load(folder.Value);
            if (!tokenizer.Succeeded)
            {
                return tokenizer.Problem;
            }

            var session = OnnxSession.Load(folder.Value.Model, folder.Value.Pooling);
            return session.Succeeded ? Try(session.Value, tokenizer.Value, folder.Value) : session.Problem;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return OnnxProblem.Of($"The model in '{directory}' cannot be read: {error.Message}");
        }
    }

    /// <summary>Makes the vectors of several texts, on other threads than the caller's.</summary>
    /// <param name="values">The texts, of any length and content.</param>
    /// <param name="options">Not used: there is one model and one number of dimensions.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>One vector a text, in their order, of <see cref="EmbeddingModel.Dimensions"/> numbers; length 1, or all zeros.</returns>
    /// <exception cref="EmbeddingException">The model failed, or made something that is no vector. There are no vectors then, not even of some.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var window in values.Chunk(Window))
        {
            var vectors = await Task.Run(() => EmbedAsync(window, cancellationToken), cancellationToken).ConfigureAwait(false);
            result.AddRange(vectors.Select(v => new Embedding<float>(v) { ModelId = _metadata.DefaultModelId }));
        }

        return result;
    }

    /// <summary>Gives the metadata, the model or this object.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <param name="serviceKey">Must be <see langword="null"/> to find anything.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EmbeddingModel) ? Model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model's memory. Not while vectors are made.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _turn.Dispose();
    }

    private static Outcome<OnnxEmbedder> Try(OnnxSession session, TextTokenizer tokenizer, ModelFolder folder)
    {
        var who = $"The model '{folder.Model}'";
        var texts = Trial.Select(t => tokenizer.Encode(t, folder.MaxTokens)).ToArray();
        var vectors = session.Run(TokenBatch.Divide(texts, tokenizer.Padding).First().Batch);
        var problem = vectors.Succeeded ? vectors.Value.Select(v => VectorCheck.Normalize(v, v.Length, who)).FirstOrDefault(static p => p is not null) : vectors.Problem;
        if (problem is null)
        {
            return new OnnxEmbedder(session, tokenizer, folder.MaxTokens, who, new EmbeddingModel("onnx", vectors.Value![0].Length, folder.Version()));
        }

        session.Dispose();
        return problem;
    }

    private async Task<float[][]> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Length][];
        var wordy = Enumerable.Range(0, texts.Length).Where(i => !string.IsNullOrWhiteSpace(texts[i])).ToArray();
        foreach (var (batch, positions) in TokenBatch.Divide([.. wordy.Select(i => _tokenizer.Encode(WellFormed.Of(texts[i]), _maxTokens))], _tokenizer.Padding))
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var made = _session.Run(batch);
                for (var i = 0; i < positions.Length; i++)
                {
                    var problem = made.Succeeded ? VectorCheck.Normalize(made.Value[i], Model.Dimensions, _who) : made.Problem;
                    vectors[wordy[positions[i]]] = problem is null ? made.Value![i] : throw new EmbeddingException(problem);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        return [.. vectors.Select(v => v ?? new float[Model.Dimensions])];
    }
}
