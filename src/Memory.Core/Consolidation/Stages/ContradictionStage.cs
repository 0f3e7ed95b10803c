using Memory.Core.Confidence;
using Memory.Core.Consolidation.Contradictions;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Decides between memories that contradict each other, one pair a unit: the newer and better supported stays, the other is superseded and its
/// validity closed. When neither is clearly better both stay, marked contested, and what speaks for one speaks against the other, unless it is in doubt that they contradict each other.
/// </summary>
internal sealed class ContradictionStage : IConsolidationStage
{
    private const int MaxContradicted = 6;

    public string Name => "resolve contradictions";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var again = new HashSet<MemoryId>();
        var tried = new HashSet<(ulong, ulong)>();
        // What is superseded may leave of a series so few that they are none: until nothing new comes up.
        while (Left(context).Where(c => tried.Add(PairJudge.Key(c.One, c.Other))).ToList() is { Count: > 0 } pairs)
        {
            await ResolveAsync(context, pairs, UnitKind.Supersede, again, cancellationToken);
        }

        if (context.MayContest)
        {
            // Whether what was held back goes is for the next run to say.
            var limit = context.StateChanges;
            await ResolveAsync(context, [.. Left(context).Where(c => !limit.IsSeenAgain(c.One) && !limit.IsSeenAgain(c.Other))], UnitKind.Contest, again, cancellationToken);
        }

        context.LookAgain(again);
    }

    // What says itself that things have changed decides first: of what it closes nothing need be weighed.
    private static IEnumerable<Contradiction> Left(RunContext context) => WithoutSeries([.. context.Contradictions.Where(c => !context.HasEnded(c.One.Bits) && !context.HasEnded(c.Other.Bits))])
        .Where(c => !context.ContestedPairs.Contains(PairJudge.Key(c.One, c.Other)))
        .OrderBy(static c => c.Verdict.Order == PairOrder.Neither).ThenByDescending(static c => c.Verdict.Probability)
        .ThenBy(c => Math.Min(context.PlaceOf(c.One), context.PlaceOf(c.Other))).ThenBy(c => Math.Max(context.PlaceOf(c.One), context.PlaceOf(c.Other)));

    private static async Task ResolveAsync(RunContext context, List<Contradiction> pairs, UnitKind kind, HashSet<MemoryId> again, CancellationToken cancellationToken)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            context.Progress(i, pairs.Count);
            var pair = pairs[i];
            if (await context.Store.ReadAsync(
                context.Namespace, reader => Plan(context, new PlannedView(reader, context.Planned), pair, PairOrder.Neither), cancellationToken) is not { } intended
                || intended.Kind != kind)
            {
                continue;
            }

            // Asked before the transaction, in which nobody waits for a language model.
            var right = kind == UnitKind.Contest ? await DecideAsync(context, pair, intended, cancellationToken) : PairOrder.Neither;
            var unit = await context.UnitAsync(view => Plan(context, view, pair, right), cancellationToken);
            if (unit?.Kind == UnitKind.Contest)
            {
                context.ContestedPairs.Add(PairJudge.Key(pair.One, pair.Other));
            }

            // What was made is new, and whoever was in a pair with what has ended has room for another.
            again.UnionWith(unit?.Changes.Where(static c => c.IsNew || c.SupersededBy is not null || c.MergedInto is not null).Select(static c => c.Id) ?? []);
        }
    }

    // What contradicts many others is one of a series that are told of in the same words, unless words of change say otherwise.
    private static IEnumerable<Contradiction> WithoutSeries(IReadOnlyList<Contradiction> pairs)
    {
        var plain = pairs.Where(static c => c.Verdict.Order == PairOrder.Neither).SelectMany(static c => new[] { c.One, c.Other }).CountBy(static id => id).ToDictionary();
        return pairs.Where(c => c.Verdict.Order != PairOrder.Neither || (plain[c.One] <= MaxContradicted && plain[c.Other] <= MaxContradicted));
    }

    private static Task<PairOrder> DecideAsync(RunContext context, Contradiction pair, PlannedUnit contest, CancellationToken cancellationToken)
    {
        var records = contest.Changes.ToDictionary(static c => c.Id, static c => c.Before);
        return context.LanguageModel.DecideAsync(records[pair.One], records[pair.Other], cancellationToken);
    }

    private static PlannedUnit? Plan(RunContext context, PlannedView view, Contradiction pair, PairOrder right)
    {
        if (view.Find(pair.One) is not { State: MemoryState.Active } one || view.Find(pair.Other) is not { State: MemoryState.Active } other)
        {
            return null;
        }

        var ledgers = view.EvidenceOf([one.Id, other.Id]);
        var (forOne, forOther) = (
            Support.Of(one, ledgers[one.Id], ledgers[other.Id], context.Now, context.Confidence), Support.Of(other, ledgers[other.Id], ledgers[one.Id], context.Now, context.Confidence));
        var resolution = ContradictionRule.Weigh(forOne, forOther, pair.Verdict.Order, pair.Verdict.IsDoubtful, right, context.Options);
        if (resolution is { Winner: { } stays, Loser: { } partly } && UncontradictedSentences.Of(context.Judge, partly.Memory, stays.Memory) is { Count: > 0 } rest)
        {
            return rest.Count < Sentences.Of(partly.Memory.Content).Count ? Divided(context, view, stays, partly, rest, ledgers[partly.Memory.Id], resolution, pair.Verdict.Reason) : null;
        }

        return resolution is { Winner: { } winner, Loser: { } loser }
            ? Superseded(context, winner, loser, ledgers[loser.Memory.Id], resolution, pair.Verdict.Reason)
            : Contested(context, view, pair, [(one, ledgers[one.Id], forOther), (other, ledgers[other.Id], forOne)], resolution);
    }

    // What else it says stays, in a memory of its own, to which it leads: of what it said of this only its text is left. Who was merged into it and says only
    // what has lost is superseded too, and speaks no more for the rest.
    private static PlannedUnit Divided(
        RunContext context, PlannedView view, Support winner, Support loser, IReadOnlyList<string> rest, IReadOnlyList<Evidence> ledger, Resolution resolution, string because)
    {
        var lost = LostVoices.Of(context.Judge, view.MergedInto(loser.Memory.Id), loser.Memory, rest, winner.Memory);
        var silenced = view.EvidenceOf([.. lost.Select(static m => m.Id)]).Values.SelectMany(static e => e);
        var left = PlannedView.Without(ledger, silenced).ToList();
        var made = loser.Memory with
        {
            Id = context.NewId(),
            Content = string.Join(' ', rest),
            CreatedAt = context.Now,
            UpdatedAt = context.Now,
            OccurredAt = loser.Memory.When,
            Confidence = ConfidenceCalculation.Of(left, loser.Memory.Kind, context.Now, context.Confidence).Value,
            ConfidenceAt = context.Now,
        };
        return new PlannedUnit(UnitKind.Supersede,
        [
            new PlannedChange(made, made, $"says what else {loser.Memory.Id} said") { IsNew = true },
            new PlannedChange(loser.Memory, loser.Memory with { State = MemoryState.Merged },
                $"one of the things it says is superseded by {winner.Memory.Id}, {because}: {resolution.Reason}; the others stand in {made.Id}") { MergedInto = made.Id, PartlySupersededBy = winner.Memory.Id },
            .. lost.Select(m => new PlannedChange(m, m with { State = MemoryState.Superseded, ValidUntil = Until(context, m, winner.Memory) }, $"superseded by {winner.Memory.Id}, {because}: {resolution.Reason}")
            {
                SupersededBy = winner.Memory.Id, WasMergedInto = loser.Memory.Id,
            }),
        ]);
    }

    private static PlannedUnit Superseded(RunContext context, Support winner, Support loser, IReadOnlyList<Evidence> ledger, Resolution resolution, string because)
    {
        // What was true until it changed is not contradicted by the change.
        var against = resolution.IsChange ? [] : Against(ledger, winner.Voices);
        var lost = Rescored(context, loser.Memory, ledger, against) with
        {
            State = MemoryState.Superseded,
            ValidUntil = Until(context, loser.Memory, winner.Memory),
        };
        return new PlannedUnit(UnitKind.Supersede,
        [
            new PlannedChange(loser.Memory, lost, $"superseded by {winner.Memory.Id}, {because}: {resolution.Reason}") { SupersededBy = winner.Memory.Id, Evidence = against },
        ]);
    }

    private static DateTimeOffset Until(RunContext context, MemoryRecord loser, MemoryRecord winner) => winner.When > loser.When ? winner.When : context.Now;

    private static PlannedUnit? Contested(
        RunContext context, PlannedView view, Contradiction pair,
        (MemoryRecord Memory, IReadOnlyList<Evidence> Ledger, Support Other)[] sides, Resolution resolution)
    {
        if (view.PairMarksOf([pair.One]).Any(m => m.Other(pair.One) == pair.Other && m.Kind == PairMarkKind.Contested))
        {
            return null;
        }

        return new PlannedUnit(UnitKind.Contest,
        [
            .. sides.Select(side =>
            {
                // Of what may be of two attributes neither speaks against the other: only their owner is asked.
                var against = resolution.IsDoubtful ? [] : Against(side.Ledger, side.Other.Voices);
                return new PlannedChange(side.Memory, Rescored(context, side.Memory, side.Ledger, against), $"contested with {side.Other.Memory.Id}, {pair.Verdict.Reason}: {resolution.Reason}")
                {
                    ContestedWith = side.Other.Memory.Id, Evidence = against,
                };
            }),
        ]);
    }

    // A voice speaks against a memory once, and once more when it says plainly what it had hedged.
    private static List<Evidence> Against(IReadOnlyList<Evidence> ledger, IReadOnlyList<Evidence> voices)
    {
        var heard = ledger.Where(static e => e.Kind == EvidenceKind.Contradicted).Select(static e => (e.Source, e.Session, e.IsHedged)).ToHashSet();
        return [.. voices.Where(v => !heard.Contains((v.Source, v.Session, false)) && heard.Add((v.Source, v.Session, v.IsHedged)))
            .Select(static v => new Evidence(EvidenceKind.Contradicted, v.Source, v.Session, v.At, v.IsHedged ? Evidence.HedgedNote : null))];
    }

    private static MemoryRecord Rescored(RunContext context, MemoryRecord memory, IReadOnlyList<Evidence> ledger, List<Evidence> added) => memory with
    {
        Confidence = ConfidenceCalculation.Of([.. ledger, .. added], memory.Kind, context.Now, context.Confidence).Value,
        ConfidenceAt = context.Now,
    };
}
