using System.Diagnostics;
using Memory.Core.Confidence;
using Memory.Core.Consolidation.Stages;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Core.Consolidation;

/// <summary>
/// The one operation that keeps a store true: <c>scan -> deduplicate -> merge -> confidence -> archive</c>.
/// The tool, the nightly schedule and the command line all call it. One process at a time, held by a lease; every unit of work is one short
/// transaction; every change is in the journal; every run can be undone.
/// </summary>
public sealed partial class Consolidator
{
    private readonly IMemoryStore _store;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ConsolidationOptions _options;
    private readonly ConfidenceOptions _confidence;
    private readonly ILogger _logger;
    private readonly IConsolidationStage[] _stages = [new ScanStage(), new DeduplicateStage(), new MergeStage(), new ConfidenceStage(), new ArchiveStage()];

    /// <summary>Composes the pipeline.</summary>
    /// <param name="store">Where memories live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">The source of chance for the names of runs.</param>
    /// <param name="options">The constants of consolidation; the defaults when left out.</param>
    /// <param name="confidence">The constants of confidence; the defaults when left out.</param>
    /// <param name="logger">Where runs are told; nowhere when left out.</param>
    public Consolidator(
        IMemoryStore store,
        TimeProvider time,
        Random random,
        ConsolidationOptions? options = null,
        ConfidenceOptions? confidence = null,
        ILogger<Consolidator>? logger = null)
    {
        _store = store ?? throw new ArgumentNullException(nameof(store));
        _time = time ?? throw new ArgumentNullException(nameof(time));
        _random = random ?? throw new ArgumentNullException(nameof(random));
        _options = options ?? ConsolidationOptions.Default;
        _confidence = confidence ?? ConfidenceOptions.Default;
        _logger = logger ?? NullLogger<Consolidator>.Instance;
    }

    /// <summary>Consolidates one namespace, or tells what that would do.</summary>
    /// <param name="request">What shall be done.</param>
    /// <param name="progress">Is told before each unit of work.</param>
    /// <param name="cancellationToken">Ends the run between two units; what was done is whole, and the report says so.</param>
    /// <returns>What was done, or who is at it already.</returns>
    public async Task<Outcome<ConsolidationReport>> RunAsync(
        ConsolidationRequest request, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.DryRun)
        {
            return await RunStagesAsync(request, "dry run", progress, cancellationToken);
        }

        var (lease, problem) = await HeldLease.TakeAsync(_store, _options.LeaseDuration, _time, _random, cancellationToken);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            return await RunStagesAsync(request, lease.Holder, progress, cancellationToken);
        }
    }

    /// <summary>
    /// Does the night's work: an incremental run over every namespace, unless one that began at or after <paramref name="dueAt"/> is done.
    /// Of all processes that share the store exactly one does it.
    /// </summary>
    /// <param name="dueAt">When the work was due.</param>
    /// <param name="cancellationToken">Ends it between two units; the night then counts as not done.</param>
    /// <returns>The reports, none when the work was done already; or who is at it.</returns>
    public async Task<Outcome<IReadOnlyList<ConsolidationReport>>> RunNightAsync(DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        var (lease, problem) = await HeldLease.TakeAsync(_store, _options.LeaseDuration, _time, _random, cancellationToken);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            var reports = new List<ConsolidationReport>();
            var startedAt = _time.GetUtcNow();
            // A night in the future was noted by a clock that has since been set back.
            if (await _store.LastNightAsync(cancellationToken) is var last && last >= dueAt && last <= startedAt)
            {
                return reports.ToArray();
            }

            foreach (var ns in await _store.NamespacesAsync(cancellationToken))
            {
                var outcome = await RunStagesAsync(new ConsolidationRequest(ns, Cause: RunCause.Schedule), lease.Holder, null, cancellationToken);
                if (!outcome.Succeeded)
                {
                    return outcome.Problem;
                }

                reports.Add(outcome.Value);
                cancellationToken.ThrowIfCancellationRequested();
            }

            await _store.SetLastNightAsync(startedAt, CancellationToken.None);
            if (await _store.PurgeAsync(cancellationToken) is { } reason)
            {
                TracesRemain(reason);
            }

            return reports.ToArray();
        }
    }

    /// <summary>Puts back what a run changed, unit by unit; a unit of which a memory was edited since is refused with the reason.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Ends it between two units; calling it again finishes.</param>
    /// <returns>What was put back and what was refused; or why nothing could be.</returns>
    public async Task<Outcome<UndoReport>> UndoAsync(Namespace ns, RunId id, CancellationToken cancellationToken = default)
    {
        var (lease, problem) = await HeldLease.TakeAsync(_store, _options.LeaseDuration, _time, _random, cancellationToken);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            return await new RunUndo(_store, lease.Holder, _confidence, _time).UndoAsync(ns, id, cancellationToken);
        }
    }

    private async Task<Outcome<ConsolidationReport>> RunStagesAsync(
        ConsolidationRequest request, string holder, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var now = Instant.Whole(_time.GetUtcNow());
        var context = await BeginAsync(request, holder, now, cancellationToken);
        var times = new List<StageTime>();
        var state = RunState.Completed;
        try
        {
            for (var i = 0; i < _stages.Length; i++)
            {
                var (stage, number, started) = (_stages[i], i + 1, Stopwatch.GetTimestamp());
                context.Progress = (done, total) => progress?.Report(new StageProgress(stage.Name, number, _stages.Length, done, total));
                context.Progress(0, 0);
                await stage.RunAsync(context, cancellationToken);
                times.Add(new StageTime(stage.Name, Stopwatch.GetElapsedTime(started)));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = RunState.Cancelled;
        }
        catch (LeaseLostException)
        {
            LeaseLost(context.Run.Id);
            return new Problem(ProblemCode.Conflict,
                $"Run {context.Run.Id} stopped: its process was suspended so long that another took over. What it did is whole; consolidate again to finish.");
        }

        if (!request.DryRun)
        {
            var finished = context.Run with { State = state, FinishedAt = _time.GetUtcNow() };
            await _store.WriteAsync(request.Namespace, writer => Save(writer, finished), CancellationToken.None);
            Finished(finished.Id, finished.Namespace, finished.State, finished.Counts);
        }

        return new ConsolidationReport(
            request.DryRun ? null : context.Run.Id, request.Namespace, request.Scope, state, context.Examined.Count,
            context.Run.Counts, context.Told, times);
    }

    private async Task<RunContext> BeginAsync(ConsolidationRequest request, string holder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Run Describe(IMemoryReader reader) => new()
        {
            Id = RunId.New(now, _random), Namespace = request.Namespace, Scope = request.Scope, Cause = request.Cause,
            State = RunState.Running, Holder = holder, StartedAt = now, SeenSequence = reader.LastSequence(),
        };

        var run = request.DryRun
            ? await _store.ReadAsync(request.Namespace, Describe, cancellationToken)
            : await _store.WriteAsync(request.Namespace, writer =>
            {
                // Whoever holds the lease knows that no other run is at work.
                writer.InterruptRunningRuns();
                var begun = Describe(writer);
                writer.AddRun(begun);
                return begun;
            }, cancellationToken);
        var after = request.Scope == RunScope.Full ? 0 : await _store.ReadAsync(
            request.Namespace, static reader => reader.LastCompletedRun()?.SeenSequence ?? 0, cancellationToken);
        return new RunContext(_store, request, run, after, _options, _confidence, _time);
    }

    private static Run Save(IMemoryWriter writer, Run run)
    {
        writer.SaveRun(run);
        return run;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Consolidation {Run} of namespace {Namespace} ended as {State}: {Counts}")]
    private partial void Finished(RunId run, Namespace @namespace, RunState state, RunCounts counts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consolidation {Run} lost its lease to another process and stopped")]
    private partial void LeaseLost(RunId run);
}
