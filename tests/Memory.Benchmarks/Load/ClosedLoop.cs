using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Memory.Benchmarks.Processes;

namespace Memory.Benchmarks.Load;

/// <summary>So many connections, each of which sends its next request when the last is answered.</summary>
/// <param name="Samples">How long the answered ones took.</param>
/// <param name="Answered">How many were answered as they should be.</param>
/// <param name="Failed">How many were answered otherwise, or not at all.</param>
/// <param name="Limited">How many were told to wait (429).</param>
/// <param name="Elapsed">How long all of it took.</param>
internal sealed record ClosedLoop(Samples Samples, int Answered, int Failed, int Limited, TimeSpan Elapsed)
{
    public double PerSecond => Answered / Elapsed.TotalSeconds;

    /// <summary>How many did not get what they asked for. Where nothing limits, to be told to wait is an error as any other.</summary>
    public int Errors => Failed + Limited;

    /// <summary>Posts until it is cancelled.</summary>
    /// <param name="client">The client.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="path">Where to.</param>
    /// <param name="body">Makes the next body.</param>
    /// <param name="end">Ends it.</param>
    /// <param name="pause">How long each connection waits between two requests.</param>
    public static Task<ClosedLoop> RunAsync(HttpClient client, int connections, string path, Func<string> body, CancellationToken end, TimeSpan pause = default) =>
        RunAsync(connections, () => PostAsync(client, path, body()), end, pause);

    /// <summary>Sends requests of any kind until it is cancelled.</summary>
    /// <param name="connections">How many at once.</param>
    /// <param name="send">Sends the next.</param>
    /// <param name="end">Ends it.</param>
    /// <param name="pause">How long each connection waits between two requests.</param>
    public static async Task<ClosedLoop> RunAsync(int connections, Func<Task<HttpResponseMessage>> send, CancellationToken end, TimeSpan pause = default)
    {
        var (times, failed, limited, began) = (new ConcurrentBag<TimeSpan>(), 0, 0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    using var response = await send();
                    await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
                    if (response.IsSuccessStatusCode)
                    {
                        times.Add(Stopwatch.GetElapsedTime(started));
                    }
                    else if ((int)response.StatusCode == 429)
                    {
                        Interlocked.Increment(ref limited);
                    }
                    else
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    // Its end was not waited for.
                }
                catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
                {
                    Interlocked.Increment(ref failed);
                }

                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, CancellationToken.None);
                }
            }
        }));
        var samples = new Samples();
        foreach (var time in times)
        {
            samples.Add(time);
        }

        return new ClosedLoop(samples, times.Count, failed, limited, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Posts JSON.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(path, content, CancellationToken.None);
    }
}
