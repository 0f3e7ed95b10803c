namespace Memory.Server;

/// <summary>The product's folder in the user's data directory.</summary>
internal static class UserData
{
    /// <summary>The folder, or <see langword="null"/> when this user has no data directory. It need not exist yet.</summary>
    public static string? Folder =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? Path.Combine(data, "memory-server") : null;

    /// <summary>Where downloaded models are, one folder a model.</summary>
    public static string? Models => Folder is { } folder ? Path.Combine(folder, "models") : null;
}
