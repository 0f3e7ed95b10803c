using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Memory.Server.Http.Access;
using Memory.Server.Tools;

namespace Memory.Server.Http.Rest;

/// <summary>The consolidations that this process was asked for, as jobs. What they did is in the runs, which every process knows; how far they are, only this one.</summary>
internal sealed class ConsolidationJobs(ToolCatalog tools, CallerContext callers, CallerWatch watch, TimeProvider time, CancellationToken stopping)
{
    private const int MaxKept = 100;
    private const string IdCharacters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 26;

    private readonly ConcurrentDictionary<string, ConsolidationJob> _jobs = new(StringComparer.Ordinal);
    private readonly Lock _starting = new();

    /// <summary>What the body of a start may hold.</summary>
    public JsonElement Schema => tools.Find("consolidate")!.Definition.InputSchema;

    public ConsolidationJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Starts a job for the caller at hand.</summary>
    /// <param name="ns">The namespace, to which the caller was admitted.</param>
    /// <param name="arguments">The arguments of the tool.</param>
    /// <returns>The job, or that one is at work in this namespace already.</returns>
    public Outcome<ConsolidationJob> Start(Namespace ns, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        lock (_starting)
        {
            if (_jobs.Values.FirstOrDefault(j => j.Namespace == ns && j.Outcome is null) is { } other)
            {
                return new Problem(ProblemCode.Busy, $"Job {other.Id} is at work in namespace '{ns}' already.");
            }

            foreach (var old in _jobs.Values.Where(static j => j.EndedAt is not null).OrderByDescending(static j => j.EndedAt).Skip(MaxKept - 1))
            {
                _jobs.TryRemove(old.Id, out _);
            }

            var job = new ConsolidationJob(RandomNumberGenerator.GetString(IdCharacters, IdLength), ns);
            _jobs[job.Id] = job;
            // The caller goes with it: the job may do what the caller may.
            _ = Task.Run(() => RunAsync(job, arguments), CancellationToken.None);
            return job;
        }
    }

    private async Task RunAsync(ConsolidationJob job, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        // Nothing goes on for a key that is revoked.
        using var watched = watch.Begin(callers.Caller, () => _ = job.Cancellation.CancelAsync());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation.Token, stopping);
        Outcome<ToolAnswer> outcome;
        try
        {
            outcome = await tools.RunAsync(tools.Find("consolidate")!, arguments, job, expects: null, either.Token);
        }
        catch (OperationCanceledException)
        {
            outcome = new Problem(ProblemCode.Conflict, "The job was cancelled before it began.");
        }

        job.End(outcome, time.GetUtcNow());
    }
}
