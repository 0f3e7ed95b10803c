using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Memory.Core;
using Memory.Core.Memories;

namespace Memory.Onnx.Models;

/// <summary>The models that can be downloaded, read from a JSON file whose form <c>data/models/README.md</c> describes. Every entry was checked.</summary>
public sealed partial class ModelCatalog
{
    private const long MaxFileBytes = 16L << 30;

    private ModelCatalog(IReadOnlyList<CatalogModel> models) => Models = models;

    /// <summary>The models, in the order of the file.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>Whether a text can name a model or its file: letters, digits, <c>.</c>, <c>-</c>, <c>_</c>, at most 100, none of which leads out of a folder.</summary>
    /// <param name="name">The text.</param>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    /// <summary>Reads a catalogue.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The catalogue, or a problem that names the wrong entry.</returns>
    public static Outcome<ModelCatalog> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CatalogDocument? document;
        try
        {
            using var file = ShippedFile.OpenRead(path);
            document = JsonSerializer.Deserialize(file, CatalogJson.Default.CatalogDocument);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Problem(ProblemCode.NotFound, $"There is no catalogue '{path}'.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            return Problem.Invalid($"The catalogue '{path}' cannot be read: {error.Message}");
        }

        foreach (var model in document?.Models ?? [])
        {
            if (Wrong(model) is { } wrong)
            {
                return Problem.Invalid($"The catalogue '{path}' has a wrong entry '{model?.Name}': {wrong}.");
            }
        }

        return new ModelCatalog(document?.Models ?? []);
    }

    /// <summary>Finds a model by its name. Case counts.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The model, or a problem that says which there are.</returns>
    public Outcome<CatalogModel> Find(string name) =>
        !IsName(name) ? Problem.Invalid($"'{name}' cannot be the name of a model: it has letters, digits, '.', '-' and '_', and no path.")
        : Models.FirstOrDefault(m => m.Name == name) is { } model ? model
        : new Problem(ProblemCode.NotFound, $"The catalogue has no model '{name}'; it has {(Models.Count == 0 ? "none" : string.Join(", ", Models.Select(static m => m.Name)))}.");

    private static string? Wrong(CatalogModel? model) =>
        !IsName(model?.Name) ? "a name has letters, digits, '.', '-' and '_'"
        : !IsSafe(model!.Base) ? "its address must be https, or http on this machine, without user or password"
        : model.Files is not { Count: > 0 } files ? "it has no files"
        : files.FirstOrDefault(static f => !IsName(f?.Name)) is { } unnamed ? $"'{unnamed.Name}' is no name of a file"
        : files.Any(static f => f is null) || files.DistinctBy(static f => f.Name, StringComparer.OrdinalIgnoreCase).Count() != files.Count ? "its files must have names of their own"
        : files.FirstOrDefault(static f => f.Sha256 is null || !Sha256().IsMatch(f.Sha256)) is { } unhashed ? $"the sha256 of '{unhashed.Name}' must be 64 hexadecimal digits"
        : files.FirstOrDefault(static f => f.Bytes is < 1 or > MaxFileBytes) is { } unsized ? $"the bytes of '{unsized.Name}' must be from 1 to {MaxFileBytes}"
        : files.FirstOrDefault(f => !Uri.TryCreate(model.Base, f.From ?? f.Name, out var address) || !IsSafe(address) || address.Host != model.Base.Host) is { } away ? $"'{away.Name}' must lie on the same host"
        : null;

    private static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo: "" } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,98}[A-Za-z0-9_-]\z|^[A-Za-z0-9]\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256();
}

/// <summary>The file as a whole.</summary>
internal sealed record CatalogDocument(IReadOnlyList<CatalogModel>? Models);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(CatalogDocument))]
internal sealed partial class CatalogJson : JsonSerializerContext;
