using Memory.Core.Confidence;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Stages;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Core.Consolidation;

/// <summary>
/// The one operation that keeps a store true:
/// <c>scan -> deduplicate -> merge -> resolve contradictions -> confidence -> archive -> verify -> report</c>.
/// The tool, the nightly schedule and the command line all call it. One a namespace at a time, held by a lease; every unit of work is one short
/// transaction; every change is in the journal; every run can be undone.
/// </summary>
public sealed partial class Consolidator
{
    // Each round looks at what the one before gave a reason to; in the third there is hardly ever anything.
    private const int MaxRounds = 8;

    private readonly IMemoryStore _store;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ConsolidationOptions _options;
    private readonly ConfidenceOptions _confidence;
    private readonly ILogger _logger;
    private readonly ConsolidationServices _services;
    private readonly PairJudging _judging;
    private readonly DeduplicateStage _deduplicate = new();
    private readonly MergeStage _merge = new();
    private readonly ContradictionStage _contradictions = new();
    private readonly ArchiveStage _archive = new();
    private readonly IConsolidationStage[] _stages;
    private readonly Func<CancellationToken, ValueTask<IDisposable?>>? _turns;

    /// <summary>Composes the pipeline.</summary>
    /// <param name="store">Where memories live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">The source of chance for the names of runs.</param>
    /// <param name="options">The constants of consolidation; the defaults when left out.</param>
    /// <param name="confidence">The constants of confidence; the defaults when left out.</param>
    /// <param name="logger">Where runs are told; nowhere when left out.</param>
    /// <param name="embeddings">By whose built-in table neighbours are found; by words and names only when left out.</param>
    /// <param name="indexes">The indexes in memory, shared with whoever recalls; its own when left out.</param>
    /// <param name="models">What pairs are judged by, loaded when the first run judges; rules only when left out.</param>
    /// <param name="languageModel">What may word merges and decide near-ties; the rules alone when left out.</param>
    /// <param name="turns">Waited for before a run or dry run begins its work, and disposed of at its end; every one begins at once when left out.</param>
    public Consolidator(
        IMemoryStore store,
        TimeProvider time,
        Random random,
        ConsolidationOptions? options = null,
        ConfidenceOptions? confidence = null,
        ILogger<Consolidator>? logger = null,
        EmbeddingSource? embeddings = null,
        RecallIndexes? indexes = null,
        PairModels? models = null,
        LanguageModelSource? languageModel = null,
        Func<CancellationToken, ValueTask<IDisposable?>>? turns = null)
    {
        _turns = turns;
        _store = store ?? throw new ArgumentNullException(nameof(store));
        _time = time ?? throw new ArgumentNullException(nameof(time));
        _random = random ?? throw new ArgumentNullException(nameof(random));
        _options = options ?? ConsolidationOptions.Default;
        _confidence = confidence ?? ConfidenceOptions.Default;
        _logger = logger ?? NullLogger<Consolidator>.Instance;
        var vectors = embeddings ?? EmbeddingSource.None;
        var shared = indexes ?? new RecallIndexes();
        _services = new ConsolidationServices(time, random, _options, _confidence, vectors, shared, new RecallCheck(_confidence, vectors, shared), languageModel ?? LanguageModelSource.None);
        _judging = new PairJudging(_options, vectors, models ?? PairModels.RulesOnly);
        _stages =
        [
            new ScanStage(), _deduplicate, _merge, _contradictions, new ConfidenceStage(), _archive, new VerifyStage(), new ReportStage(),
        ];
    }

    /// <summary>Consolidates one namespace, or tells what that would do.</summary>
    /// <param name="request">What shall be done.</param>
    /// <param name="progress">Is told before each unit of work.</param>
    /// <param name="cancellationToken">Ends the run between two units; what was done is whole, and the report says so.</param>
    /// <returns>What was done, or who is at it already.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    public async Task<Outcome<ConsolidationReport>> RunAsync(
        ConsolidationRequest request, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.DryRun)
        {
            using var planning = await TurnAsync(cancellationToken);
            return await RunStagesAsync(request, "dry run", progress, cancellationToken);
        }

        var (lease, problem) = await HeldLease.TakeAsync(_store, request.Namespace, _options.LeaseDuration, _time, _random, cancellationToken, request.Wait);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            using var turn = await TurnAsync(cancellationToken);
            return request.Plan is { } plan
                ? await CarryOutPlanAsync(request, plan, lease.Holder, progress, cancellationToken)
                : await RunStagesAsync(request, lease.Holder, progress, cancellationToken);
        }
    }

    /// <summary>What the last night's run did, and what needs the owner's decision.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<ConsolidationDigest> DigestAsync(Namespace ns, CancellationToken cancellationToken = default) =>
        _store.ReadAsync(ns, reader => ConsolidationDigest.Of(reader, _options), cancellationToken);

    /// <summary>Puts back what a run changed, unit by unit; what was edited since is refused with the reason, and what cannot be parted from it.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Ends it between two units; calling it again finishes.</param>
    /// <returns>What was put back and what was refused; or why nothing could be.</returns>
    public async Task<Outcome<UndoReport>> UndoAsync(Namespace ns, RunId id, CancellationToken cancellationToken = default)
    {
        var (lease, problem) = await HeldLease.TakeAsync(_store, ns, _options.LeaseDuration, _time, _random, cancellationToken);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            return await new RunUndo(_store, lease.Holder, _confidence, _time).UndoAsync(ns, id, cancellationToken);
        }
    }

    private ValueTask<IDisposable?> TurnAsync(CancellationToken cancellationToken) => _turns?.Invoke(cancellationToken) ?? ValueTask.FromResult<IDisposable?>(null);

    private async Task<Outcome<ConsolidationReport>> RunStagesAsync(
        ConsolidationRequest request, string holder, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var now = Instant.Whole(_time.GetUtcNow());
        var context = await BeginAsync(request, holder, now, cancellationToken);
        var times = new StageTimes(_stages, progress);
        var state = RunState.Completed;
        try
        {
            foreach (var stage in _stages)
            {
                await times.RunAsync(stage, context, cancellationToken);
                if (stage == _merge)
                {
                    await SettleAsync(context, times, [_deduplicate, _merge], cancellationToken);
                }
                else if (stage == _contradictions)
                {
                    await SettleAsync(context, times, [_deduplicate, _merge, _contradictions], cancellationToken);
                }
                else if (stage == _archive)
                {
                    await ContestAsync(context, times, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = RunState.Cancelled;
        }
        catch (LeaseLostException)
        {
            return Suspended(context.Run.Id);
        }
        catch (MemoryStoreException error) when (!request.DryRun)
        {
            throw await StoppedAsync(context.Run, error);
        }

        var outcome = new RunOutcome { Examined = context.Active.Count, Stages = times.Times, ToldUnits = context.ToldUnits, RolledBack = context.RolledBack, LanguageModel = context.LanguageModel.Counts.Words };
        var report = new ConsolidationReport(
            request.DryRun ? null : context.Run.Id, request.Namespace, request.Scope, state, context.Active.Count,
            context.Run.Counts, context.Told, times.Times)
        {
            Contested = context.Contested, RolledBack = context.RolledBack, Note = context.NoteToCaller, LanguageModel = context.LanguageModel.Counts,
        };
        if (request.DryRun)
        {
            return state == RunState.Completed ? report with { Plan = await KeepPlanAsync(context) } : report;
        }

        var seen = state == RunState.Completed ? await _store.ReadAsync(context.Namespace, reader => SeenBy(context, reader), CancellationToken.None) : context.Run.SeenSequence;
        await FinishAsync(context, state, seen, outcome);
        return report;
    }

    // What a stage made, and whoever lost a neighbour to it, may say the same as others yet: the next run shall find nothing to do.
    private static async Task SettleAsync(RunContext context, StageTimes times, IConsolidationStage[] stages, CancellationToken cancellationToken)
    {
        for (var round = 1; round < MaxRounds && context.MemoriesToPair.Count > 0; round++)
        {
            foreach (var stage in stages)
            {
                await times.RunAsync(stage, context, cancellationToken);
            }
        }
    }

    // What neither side of wins is contested once it is known what is left. What has faded has made room as well, and what is doubted since may have faded.
    private async Task ContestAsync(RunContext context, StageTimes times, CancellationToken cancellationToken)
    {
        IConsolidationStage[] all = [_deduplicate, _merge, _contradictions];
        for (var round = 1; round < MaxRounds; round++)
        {
            var before = context.Run.Counts;
            context.MayContest = false;
            await SettleAsync(context, times, all, cancellationToken);
            context.MayContest = true;
            await times.RunAsync(_contradictions, context, cancellationToken);
            await SettleAsync(context, times, all, cancellationToken);
            if (context.Run.Counts == before)
            {
                return;
            }

            await times.RunAsync(_archive, context, cancellationToken);
        }
    }

    // One transaction, but none of a run's own: a plan is a note about the store and changes no memory.
    private Task<RunId> KeepPlanAsync(RunContext context) => _store.WriteAsync(context.Namespace, writer =>
    {
        // What was held back is not of the plan: whoever carries that out has not seen it.
        var seen = context.Active.Where(m => context.StateChanges.IsSeenAgain(m.Id)).Select(static m => m.Sequence - 1).Append(context.Run.SeenSequence).Min();
        writer.AddPlan(new ConsolidationPlan(context.Run.Id, context.Run.Scope, context.Now, seen, context.Active.Count), _options.KeptPlans);
        foreach (var unit in context.Plan)
        {
            writer.AddPlanUnit(context.Run.Id, unit);
        }

        return context.Run.Id;
    }, CancellationToken.None);

    private async Task FinishAsync(RunContext context, RunState state, long seen, RunOutcome outcome)
    {
        var finished = context.Run with { State = state, FinishedAt = _time.GetUtcNow(), SeenSequence = seen, Outcome = outcome };
        try
        {
            await _store.WriteAsync(context.Namespace, writer => Save(writer, finished), CancellationToken.None);
        }
        catch (MemoryStoreException error)
        {
            throw await StoppedAsync(context.Run, error);
        }

        Finished(finished.Id, finished.Namespace, finished.State, finished.Counts);
    }

    private Problem Suspended(RunId run)
    {
        LeaseLost(run);
        return new Problem(ProblemCode.Conflict,
            $"Run {run} stopped: its process was suspended so long that another took over. What it did is whole; consolidate again to finish.");
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
        var (last, corrections, marks) = await _store.ReadAsync(
            request.Namespace, static reader => (reader.LastCompletedRun()?.SeenSequence ?? 0, reader.Corrections(), reader.StatementMarks()), cancellationToken);
        return new RunContext(_store, request, run, request.Scope == RunScope.Full ? 0 : last, _services, _judging.For(corrections, marks));
    }

    private static Run Save(IMemoryWriter writer, Run run)
    {
        writer.SaveRun(run);
        return run;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Consolidation {Run} of namespace {Namespace} ended as {State}: {Counts}")]
    private partial void Finished(RunId run, Namespace @namespace, RunState state, RunCounts counts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consolidation {Run} lost its lease to another process and stopped")]
    private partial void LeaseLost(RunId run);
}
