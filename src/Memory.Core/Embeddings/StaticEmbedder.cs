using System.Text;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.AI;

namespace Memory.Core.Embeddings;

/// <summary>
/// Makes vectors of texts from a table of words, in microseconds, with no network: each word adds its row, and the sum is brought to length 1.
/// What the rows hold, and how they were made, is in <c>data/embeddings/README.md</c>. A word outside the table adds directions made of its
/// runs of three characters, so that names, identifiers and typing errors find their like; of <c>camelCase</c>, <c>snake_case</c> and dotted
/// identifiers the words count, and the whole. Case does not count. A text without a letter, digit or emoji has the zero vector, which resembles nothing.
/// Thread-safe; keeps its file open, and there is nothing to dispose of.
/// </summary>
public sealed class StaticEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ModelName = "static";

    private readonly StaticTable _table;
    private readonly EmbeddingGeneratorMetadata _metadata;

    private StaticEmbedder(StaticTable table, string version)
    {
        _table = table;
        Model = new EmbeddingModel(ModelName, table.Dimensions, version);
        _metadata = new EmbeddingGeneratorMetadata("memory", providerUri: null, Model.ToString(), Model.Dimensions);
    }

    /// <summary>Where the table lies beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "static.bin");

    /// <summary>Which model the vectors are of.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>How many words and pieces the table holds.</summary>
    public int Count => _table.Count;

    /// <summary>Loads the table from its file, as the training program writes it.</summary>
    /// <param name="path">The file, usually <c>data/embeddings/static.bin</c> beside the program.</param>
    /// <returns>The embedder, or a problem with <see cref="ProblemCode.ModelUnavailable"/> when the file is missing, unreadable or damaged: the caller then goes by words only.</returns>
    public static Outcome<StaticEmbedder> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = ModelFile.Read(path, StaticTable.Magic);
        if (!file.Succeeded)
        {
            return file.Problem;
        }

        try
        {
            return new StaticEmbedder(StaticTable.Read(file.Value.Content), file.Value.Version);
        }
        catch (Exception error) when (error is InvalidDataException or OverflowException or IOException)
        {
            file.Value.Content.Dispose();
            return ModelFile.Damaged(path, error.Message);
        }
    }

    /// <summary>Makes the vector of a text. Allocates nothing when the text is ASCII.</summary>
    /// <param name="text">The text, of any length and content.</param>
    /// <param name="destination">Where the vector goes: <see cref="EmbeddingModel.Dimensions"/> numbers of <see cref="Model"/>; length 1, or all zeros.</param>
    /// <returns>Whether the text has a vector; <see langword="false"/> when it is all zeros.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is of another length.</exception>
    public bool Embed(ReadOnlySpan<char> text, Span<float> destination)
    {
        if (destination.Length != Model.Dimensions)
        {
            throw new ArgumentException($"A vector has {Model.Dimensions} numbers, not {destination.Length}.", nameof(destination));
        }

        destination.Clear();
        var sum = new TextSum(_table, destination);
        sum.Add(Ascii.IsValid(text) ? text : WellFormed.Of(text.ToString()).Normalize(NormalizationForm.FormKC));
        return Vectors.Normalize(destination);
    }

    /// <summary>The vector of a text as the store keeps it; with a scale of 0 when it has none.</summary>
    internal StoredVector VectorOf(ReadOnlySpan<char> text)
    {
        Span<float> vector = stackalloc float[Model.Dimensions];
        Embed(text, vector);
        return StoredVector.Of(vector);
    }

    /// <summary>How rare a word is, 0 for the most frequent to 1 for one that the table does not know: the table's rows stand in the order of frequency.</summary>
    /// <param name="word">A word in lower case.</param>
    internal float Rarity(string word) => _table.Find(TermHash.Of(word)) is >= 0 and var rank ? MathF.Log(1 + rank) / MathF.Log(1 + _table.Count) : 1;

    /// <summary>Makes the vectors of several texts, for callers that do not care which generator they have. Ends at once.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">Not used: there is one model and one number of dimensions.</param>
    /// <param name="cancellationToken">Ends it between two texts.</param>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[Model.Dimensions];
            Embed(value, vector);
            result.Add(new Embedding<float>(vector) { ModelId = _metadata.DefaultModelId });
        }

        return Task.FromResult(result);
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

    /// <summary>Does nothing: there is nothing to dispose of. The interface asks for it.</summary>
    public void Dispose()
    {
    }
}
