using Memory.Core.Consolidation.Planning;
using Memory.Core.Consolidation.Stages;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

public sealed partial class Consolidator
{
    private static readonly StageProgress Carrying = new("carry out", 1, 1, 0, 0);

    /// <summary>Carries out exactly what a dry run planned. The run takes the plan's name, so that a plan is carried out once, and goes on where it was interrupted.</summary>
    private async Task<Outcome<ConsolidationReport>> CarryOutPlanAsync(
        ConsolidationRequest request, RunId id, string holder, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var (plan, earlier, units) = await _store.ReadAsync(
            request.Namespace, reader => (reader.FindPlan(id), reader.FindRun(id), reader.PlanUnits(id)), cancellationToken);
        if (plan is null)
        {
            return NoPlan(request.Namespace, id);
        }

        if (IsDone(earlier))
        {
            return CarriedOut(id);
        }

        var (context, done) = await BeginPlanAsync(request with { Scope = plan.Scope, Force = true }, plan, earlier, holder, cancellationToken);
        var refused = new List<string>();
        var state = RunState.Completed;
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            foreach (var unit in units.Where(u => !done.Contains(u.Number)))
            {
                progress?.Report(Carrying with { Done = unit.Number - 1, Total = units.Count });
                context.NumberNext(unit.Number);
                await context.UnitAsync(view => Read(view, unit, refused), cancellationToken);
            }

            await new VerifyStage().RunAsync(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = RunState.Cancelled;
        }
        catch (LeaseLostException)
        {
            return Suspended(id);
        }
        catch (MemoryStoreException error)
        {
            throw await StoppedAsync(context.Run, error);
        }

        StageTime[] times = [new(Carrying.Stage, System.Diagnostics.Stopwatch.GetElapsedTime(started))];
        string[] rolledBack = [.. context.RolledBack, .. refused];
        // Where it was planned what was to be looked at again, that is no less so now.
        await FinishAsync(context, state, plan.SeenSequence, new RunOutcome { Examined = plan.Examined, Stages = times, ToldUnits = context.ToldUnits, RolledBack = rolledBack });
        return new ConsolidationReport(id, request.Namespace, plan.Scope, state, plan.Examined, context.Run.Counts, context.Told, times)
        {
            RolledBack = context.RolledBack, Refused = refused, Contested = (await DigestAsync(request.Namespace, CancellationToken.None)).Contested,
        };
    }

    /// <summary>Whether a plan can be carried out: for who starts that without waiting for it.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The plan.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Why it cannot, or <see langword="null"/> when it can.</returns>
    public Task<Problem?> RefusePlanAsync(Namespace ns, RunId id, CancellationToken cancellationToken = default) => _store.ReadAsync(
        ns, reader => reader.FindPlan(id) is null ? NoPlan(ns, id) : IsDone(reader.FindRun(id)) ? CarriedOut(id) : null, cancellationToken);

    /// <summary>What a plan intends, for its owner to read before it is carried out.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The plan.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<Outcome<PlanDetails>> PlanAsync(Namespace ns, RunId id, CancellationToken cancellationToken = default) => _store.ReadAsync<Outcome<PlanDetails>>(ns, reader =>
    {
        if (reader.FindPlan(id) is not { } plan)
        {
            return NoPlan(ns, id);
        }

        // Later units rest on what earlier ones would leave.
        var planned = new PlannedChanges();
        var view = new PlannedView(reader, planned);
        var units = new List<UnitDetails>();
        foreach (var written in reader.PlanUnits(id))
        {
            var (unit, changed) = PlanNotation.Read(written, ns, view.Find, view.FingerprintOf);
            if (unit is not null)
            {
                planned.Add(unit);
            }

            units.Add(new UnitDetails(
                written.Number,
                [.. (unit?.Changes ?? []).Select(static c => new ChangeDetails(c.Before, c.After, c.IsNew, c.MergedInto ?? c.SupersededBy ?? c.ContestedWith, c.Reason))],
                changed));
        }

        return new PlanDetails(plan, units);
    }, cancellationToken);

    private static PlannedUnit? Read(PlannedView view, PlanUnit written, List<string> refused)
    {
        var (unit, changed) = PlanNotation.Read(written, view.Reader.Namespace, view.Find, view.FingerprintOf);
        if ((changed ?? (unit is null ? null : SaidSince(view, unit))) is { } reason)
        {
            refused.Add($"unit {written.Number} of the plan: {reason}");
            return null;
        }

        return unit;
    }

    // What its owner said of a pair after he had read the plan.
    private static string? SaidSince(PlannedView view, PlannedUnit unit)
    {
        var marks = view.PairMarksOf([.. unit.Changes.Select(static c => c.Id)]);
        return unit.Changes.Select(c => marks.FirstOrDefault(m => m.Other(c.Id) is { } other
            && ((m.Kind == PairMarkKind.NotDuplicate && c.MergedInto == other) || (m.Kind == PairMarkKind.NotContradiction && (c.SupersededBy ?? c.PartlySupersededBy ?? c.ContestedWith) == other)))
            is { } mark ? $"somebody said that {mark.First} and {mark.Second} are not what it takes them for" : null).FirstOrDefault(static r => r is not null);
    }

    private Problem NoPlan(Namespace ns, RunId id) =>
        new(ProblemCode.NotFound, $"No plan is named '{id}' in namespace '{ns}'. A dry run makes one; the latest {_options.KeptPlans} are kept.");

    private static Problem CarriedOut(RunId id) => new(ProblemCode.Conflict, $"Plan '{id}' was carried out already, by the run of the same name. Make a new one with a dry run.");

    private static bool IsDone(Run? run) => run is { State: RunState.Completed or RunState.Undone };

    private async Task<(RunContext Context, HashSet<int> Done)> BeginPlanAsync(
        ConsolidationRequest request, ConsolidationPlan plan, Run? earlier, string holder, CancellationToken cancellationToken)
    {
        var (run, done, corrections, marks) = await _store.WriteAsync(request.Namespace, writer =>
        {
            writer.InterruptRunningRuns();
            var begun = (earlier ?? new Run
            {
                Id = plan.Id, Namespace = request.Namespace, Scope = plan.Scope, Cause = request.Cause, State = RunState.Running, Holder = holder,
                StartedAt = Instant.Whole(_time.GetUtcNow()), SeenSequence = plan.SeenSequence,
            }) with { State = RunState.Running, Holder = holder };
            if (earlier is null)
            {
                writer.AddRun(begun);
            }
            else
            {
                writer.SaveRun(begun);
            }

            return (begun, writer.JournalOf(plan.Id).Select(static e => e.Unit).ToHashSet(), writer.Corrections(), writer.StatementMarks());
        }, cancellationToken);
        return (new RunContext(_store, request with { DryRun = false }, run, 0, _services, _judging.For(corrections, marks)), done);
    }
}
