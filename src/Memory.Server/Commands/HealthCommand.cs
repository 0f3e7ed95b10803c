using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;

namespace Memory.Server.Commands;

/// <summary><c>health</c>: asks a server over HTTP, as whoever watches a container does. Opens no database and serves nothing.</summary>
internal static class HealthCommand
{
    private const string ReadyPath = "/health/ready";
    private const string Ready = "http://127.0.0.1:7788" + ReadyPath;
    private const int LongestWord = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var address = new Argument<string>("url") { Description = "The server, or where exactly to ask.", DefaultValueFactory = static _ => Ready };
        var json = new Option<bool>("--json") { Description = "Answer with JSON on stdout." };
        var command = new Command("health", "Ask a server over HTTP whether it can work; exit code 0 when it can, 1 when not.") { address, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(address), parsed.GetValue(json), cancellation));
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunAsync(string text, bool json, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Failure.Tell(new Problem(ProblemCode.Invalid, $"url is '{text}'; an http or https URL such as {Ready} is allowed."), json);
        }

        // A server is named by its root; the path is ours to know.
        address = address.PathAndQuery == "/" ? new Uri(address, ReadyPath) : address;
        var (status, word) = await AskAsync(address, cancellationToken);
        var isHealthy = status == HttpStatusCode.OK;
        if (json)
        {
            return Screenful.Json(new HealthOutput(isHealthy, address.ToString(), (int?)status, word), CommandJson.Default.HealthOutput, isHealthy ? ExitCodes.Done : ExitCodes.Failed);
        }

        await (isHealthy ? Console.Out : Console.Error).WriteLineAsync(TerminalText.Of(status is null ? $"{address} did not answer: {word}" : isHealthy ? word : $"{address} answered {(int)status}: {word}"));
        return isHealthy ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<(HttpStatusCode? Status, string Word)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        // On this machine its certificate is for the name that others know; nobody stands between a machine and itself.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || address.IsLoopback;
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("memory-server", null));
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            var said = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
            return (response.StatusCode, said[..Math.Min(LongestWord, said.Length)]);
        }
        catch (HttpRequestException error)
        {
            return (null, error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"no answer within {Patience.TotalSeconds} seconds");
        }
    }
}
