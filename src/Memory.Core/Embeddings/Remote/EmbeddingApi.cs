namespace Memory.Core.Embeddings.Remote;

/// <summary>How an endpoint answers.</summary>
public enum EmbeddingApi
{
    /// <summary><c>{"data":[{"index":0,"embedding":[…]}]}</c>, as OpenAI and most servers do.</summary>
    OpenAi,

    /// <summary><c>{"embeddings":[[…]]}</c>, as Ollama's own <c>/api/embed</c> does.</summary>
    Ollama,
}
