using Memory.Core.Memories;

namespace Memory.Core.Remote;

/// <summary>Where a service is, what its model is called, and how it is told who asks.</summary>
/// <param name="Address">The address that is posted to.</param>
/// <param name="Model">What the service calls the model.</param>
/// <param name="KeyVariable">The environment variable that holds the key, or <see langword="null"/> for none.</param>
/// <param name="Key">The key, or <see langword="null"/> for none.</param>
internal sealed record ServiceAddress(Uri Address, string Model, string? KeyVariable, string? Key)
{
    /// <summary>Address and model, for messages.</summary>
    public string Name { get; } = $"{Address.GetLeftPart(UriPartial.Path)} ({Model})";

    /// <summary>What is wrong with an address or the name of a model, or <see langword="null"/>.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="model">The name.</param>
    /// <param name="of">What they are of, for the message.</param>
    /// <param name="example">The name of such a model.</param>
    public static Problem? Check(Uri? endpoint, string model, string of, string example) =>
        endpoint is null || !endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") ? Problem.Invalid($"The endpoint of the {of} must be an http or https address, such as http://localhost:11434/v1.")
        : endpoint.UserInfo.Length > 0 ? Problem.Invalid($"The endpoint of the {of} must not contain a user or password: an address is shown in messages. Put the key into the environment variable.")
        : string.IsNullOrWhiteSpace(model) ? Problem.Invalid($"Name the model of the {of}, such as {example}.")
        : null;

    /// <summary>Completes an address: one of the paths that the service is known by stays, after any other its usual end is put.</summary>
    /// <param name="endpoint">The address as it was given.</param>
    /// <param name="end">The usual end; after no path at all it comes after <c>/v1</c>.</param>
    /// <param name="ollama">The other known end.</param>
    public static Uri Complete(Uri endpoint, string end, string ollama)
    {
        var path = endpoint.AbsolutePath.TrimEnd('/');
        return path.EndsWith(end, StringComparison.Ordinal) || path.EndsWith(ollama, StringComparison.Ordinal)
            ? endpoint
            : new UriBuilder(endpoint) { Path = (path.Length == 0 ? "/v1" : path) + end }.Uri;
    }

    /// <summary>Reads a key from the environment.</summary>
    /// <param name="variable">Where it is, or <see langword="null"/> for none.</param>
    /// <param name="environment">Yields an environment variable; asked once.</param>
    /// <returns>The key, empty for none; or a problem that does not show it.</returns>
    public static Outcome<string> ReadKey(string? variable, Func<string, string?> environment)
    {
        var key = (variable is null ? null : environment(variable)?.Trim()) ?? string.Empty;
        return key.Any(static c => c is <= ' ' or > '~')
            ? Problem.Invalid($"The key in {variable} contains a character that no key has: a space, a line break or a letter outside ASCII.")
            : key;
    }
}
