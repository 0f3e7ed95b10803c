using Memory.Core.Memories;

namespace Memory.Onnx.Models;

/// <summary>
/// Downloads the files of a model, each into a <c>.part</c> beside its place, where it goes once its length and SHA-256 are right. What a broken
/// connection left is continued, at once or by the next call; what is already there and right is not fetched again.
/// </summary>
public sealed class ModelDownload : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Makes a downloader. Calls nobody yet.</summary>
    /// <param name="time">The clock of the limits.</param>
    /// <param name="handler">What carries requests, not disposed of; <see langword="null"/> for the usual.</param>
    public ModelDownload(TimeProvider time, HttpMessageHandler? handler = null)
    {
        _time = time;
        // Publishers send from their page to a store of files; https is never left for http on the way.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) }, disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Downloads what is missing of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="models">The folder of all models; the model gets a folder of its own in it.</param>
    /// <param name="progress">Told how far it is, about every megabyte.</param>
    /// <param name="cancellationToken">Ends it; what was fetched stays for the next call.</param>
    /// <returns>The model's folder, complete; or a problem that says what failed and whether to try again.</returns>
    public async Task<Outcome<string>> PullAsync(CatalogModel model, string models, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(models);
        if (!ModelCatalog.IsName(model.Name) || !model.Files.All(static f => ModelCatalog.IsName(f.Name)))
        {
            return Problem.Invalid($"The model '{model.Name}' or one of its files has a name that leads out of its folder.");
        }

        var folder = Path.Combine(models, model.Name);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in model.Files)
            {
                var fetch = new FileDownload(_http, _time, new Uri(model.Base, file.From ?? file.Name), file, Path.Combine(folder, file.Name), progress);
                if (await fetch.RunAsync(cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    return problem;
                }
            }

            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCode.StoreUnavailable, $"The model cannot be written to '{folder}': {error.Message}");
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();
}
