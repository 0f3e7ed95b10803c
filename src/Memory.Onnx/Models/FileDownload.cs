using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Memory.Core.Memories;

namespace Memory.Onnx.Models;

/// <summary>The download of one file.</summary>
internal sealed class FileDownload(HttpClient http, TimeProvider time, Uri from, CatalogFile file, string target, IProgress<DownloadProgress>? progress)
{
    // Each brought something, or there would be no next; but not for ever.
    private const int MaxAttempts = 20;
    private const int ReportEvery = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fetches the file unless it is there.</summary>
    /// <returns>Why it is not there, or <see langword="null"/>.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<Problem?> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(target) && new FileInfo(target).Length == file.Bytes)
        {
            using var present = File.OpenRead(target);
            if (await IsRightAsync(present, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        var part = target + ".part";
        var stream = Open(part);
        if (stream is null)
        {
            return new Problem(ProblemCode.Busy, $"Another process is downloading '{file.Name}', or holds '{part}'.");
        }

        string? wrong = null;
        await using (stream.ConfigureAwait(false))
        {
            // What an earlier call left may be of another revision of the file: if the whole is wrong it is fetched anew, once.
            for (var mayBeMixed = stream.Length > 0; ; mayBeMixed = false)
            {
                if (await FillAsync(stream, cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    return problem;
                }

                if (await IsRightAsync(stream, cancellationToken).ConfigureAwait(false))
                {
                    stream.Flush(flushToDisk: true);
                    break;
                }

                stream.SetLength(0);
                if (!mayBeMixed)
                {
                    wrong = $"What {from.GetLeftPart(UriPartial.Path)} sends is not the file that the catalogue describes: its SHA-256 is another. It was thrown away.";
                    break;
                }
            }
        }

        if (wrong is not null)
        {
            File.Delete(part);
            return OnnxProblem.Of(wrong);
        }

        File.Move(part, target, overwrite: true);
        return null;
    }

    private static FileStream? Open(string part)
    {
        try
        {
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(part))
        {
            return null;
        }
    }

    private async Task<bool> IsRightAsync(Stream stream, CancellationToken cancellationToken)
    {
        stream.Position = 0;
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase);
    }

    // As long as each connection brings something, the next continues.
    private async Task<Problem?> FillAsync(FileStream stream, CancellationToken cancellationToken)
    {
        if (stream.Length > file.Bytes)
        {
            stream.SetLength(0);
        }

        for (var attempt = 1; stream.Length < file.Bytes; attempt++)
        {
            var before = stream.Length;
            var (problem, final) = await AttemptAsync(stream, cancellationToken).ConfigureAwait(false);
            if (problem is not null && (final || stream.Length <= before || attempt >= MaxAttempts))
            {
                return problem;
            }
        }

        return null;
    }

    private async Task<(Problem? Problem, bool IsFinal)> AttemptAsync(FileStream stream, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, from);
            if (stream.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(stream.Length, null);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            switch (response.StatusCode)
            {
                case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == stream.Length:
                    break;
                case HttpStatusCode.OK:
                    // No ranges here: all of it comes again.
                    stream.SetLength(0);
                    break;
                case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when stream.Length > 0:
                    stream.SetLength(0);
                    return (null, false);
                default:
                    return (OnnxProblem.Of($"{from.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode}."), true);
            }

            if (response.Content.Headers.ContentLength is { } rest && stream.Length + rest != file.Bytes)
            {
                return (OnnxProblem.Of($"{from.GetLeftPart(UriPartial.Path)} has {stream.Length + rest} bytes; the catalogue says {file.Bytes}."), true);
            }

            return await CopyAsync(response, stream, patience, both.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            return (Broken(stream, error.HttpRequestError.ToString()), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Broken(stream, $"nothing came for {Patience.TotalSeconds} seconds"), false);
        }
    }

    private async Task<(Problem? Problem, bool IsFinal)> CopyAsync(HttpResponseMessage response, FileStream stream, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        stream.Position = stream.Length;
        var reported = stream.Length;
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            int read;
            try
            {
                patience.CancelAfter(Patience);
                read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                return (Broken(stream, "the connection was closed"), false);
            }

            if (read == 0)
            {
                return (stream.Length < file.Bytes ? Broken(stream, "it ended too early") : null, false);
            }

            if (stream.Length + read > file.Bytes)
            {
                stream.SetLength(0);
                return (OnnxProblem.Of($"{from.GetLeftPart(UriPartial.Path)} sends more than the {file.Bytes} bytes of the catalogue. It was thrown away."), true);
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (stream.Length - reported >= ReportEvery || stream.Length == file.Bytes)
            {
                reported = stream.Length;
                progress?.Report(new DownloadProgress(file.Name, stream.Length, file.Bytes));
            }
        }
    }

    private Problem Broken(FileStream stream, string how) => OnnxProblem.Of(
        $"The download of {from.GetLeftPart(UriPartial.Path)} broke off at {stream.Length} of {file.Bytes} bytes: {how}. Run it again; it continues there.");
}
