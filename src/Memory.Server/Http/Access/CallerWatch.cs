using System.Collections.Concurrent;
using Memory.Core.Access;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Microsoft.Extensions.Hosting;

namespace Memory.Server.Http.Access;

/// <summary>
/// Ends what goes on (streams, jobs, long calls) when its key is revoked or its key or token ends. Looks once a second, and only for those who have
/// something going on.
/// </summary>
internal sealed class CallerWatch(ApiKeys keys, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Watched, bool> _all = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="caller">Whose work it is.</param>
    /// <param name="end">Ends the work; must be quick and not throw.</param>
    /// <returns>Ends the watch when it is disposed of; <see langword="null"/> when there is nothing that could end the caller's.</returns>
    public IDisposable? Begin(Caller caller, Action end)
    {
        if (!caller.HasKey && caller.EndsAt is null)
        {
            return null;
        }

        var watched = new Watched(this, caller, end);
        _all.TryAdd(watched, true);
        return watched;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var inForce = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (watched, _) in _all)
        {
            var caller = watched.Caller;
            var goesOn = caller.EndsAt is not { } end || end > time.GetUtcNow();
            if (goesOn && caller.HasKey && !inForce.TryGetValue(caller.Id, out goesOn))
            {
                inForce[caller.Id] = goesOn = await IsInForceAsync(caller.Id, cancellationToken);
            }

            if (!goesOn)
            {
                watched.End();
            }
        }
    }

    // A store that cannot be read just now says nothing of the key.
    private async Task<bool> IsInForceAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.IsInForceAsync(id, cancellationToken);
        }
        catch (MemoryStoreException)
        {
            return true;
        }
    }

    private sealed class Watched(CallerWatch watch, Caller caller, Action end) : IDisposable
    {
        public Caller Caller => caller;

        public void End()
        {
            Dispose();
            end();
        }

        public void Dispose() => watch._all.TryRemove(this, out _);
    }
}
