using Memory.Core.Embeddings;

namespace Memory.Core.Tests.Embeddings;

/// <summary>The model files as the library brings them, loaded once, and small ones that a test makes.</summary>
internal static class EmbeddingFiles
{
    private static readonly Lazy<StaticEmbedder> LoadedStatic = new(static () => StaticEmbedder.Load(StaticPath).Value.ShouldNotBeNull());
    private static readonly Lazy<SentenceEncoder> LoadedEncoder = new(static () => SentenceEncoder.Load(EncoderPath).Value.ShouldNotBeNull());

    public static string StaticPath => Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "static.bin");

    public static string EncoderPath => Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "encoder.bin");

    public static StaticEmbedder Static => LoadedStatic.Value;

    public static SentenceEncoder Encoder => LoadedEncoder.Value;

    public static string Golden() => Path.Combine(AppContext.BaseDirectory, "Embeddings", "encoder-golden.json");

    public static float[] Vector(string text)
    {
        var vector = new float[Static.Model.Dimensions];
        Static.Embed(text, vector);
        return vector;
    }

    public static float Cosine(string one, string other) => Vectors.Dot(Vector(one), Vector(other));
}
