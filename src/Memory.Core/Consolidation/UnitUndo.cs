using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>
/// Puts one unit of a run back inside a transaction, each of its parts whole or not at all. A field is put back only if it still has the value that
/// the run gave it: undo never overwrites a later edit. What was put back is noted, and so is that its pairs were not what they were taken for.
/// </summary>
internal sealed class UnitUndo(ConfidenceOptions confidence, DateTimeOffset now)
{
    // Of so many the pairs among each other are noted too; of a larger unit those with the one that stood for all.
    private const int AllPairs = 12;

    /// <summary>Puts the unit back.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="unit">What the unit changed, in the order it did.</param>
    /// <returns>What was put back; and what stands in the way of the rest, and why.</returns>
    public (IReadOnlyList<JournalEntry> PutBack, IReadOnlyList<string> Conflicts) Undo(IMemoryWriter writer, IReadOnlyList<JournalEntry> unit)
    {
        var putBack = new List<JournalEntry>();
        var conflicts = new List<string>();
        foreach (var part in UnitParts.Of(unit).Reverse())
        {
            JournalEntry[] entries = [.. part.Reverse()];
            var inTheWay = UndoPart(writer, entries);
            conflicts.AddRange(inTheWay);
            putBack.AddRange(inTheWay.Length == 0 ? entries : []);
        }

        if (putBack.Count > 0)
        {
            writer.MarkUndone(putBack[0].Run, putBack[0].Unit, [.. putBack.Select(static e => e.Memory)]);
        }

        return (putBack, conflicts);
    }

    private string[] UndoPart(IMemoryWriter writer, JournalEntry[] entries)
    {
        var made = entries.Where(static e => e.After.IsNew is true).Select(static e => e.Memory).ToHashSet();
        var unit = entries.Select(static e => e.Memory).ToHashSet();
        string[] conflicts = [.. entries.Select(e => Conflict(writer, e, made, unit)).OfType<string>()];
        if (conflicts.Length > 0)
        {
            return conflicts;
        }

        // Links and evidence first: confidence counts them.
        foreach (var entry in entries)
        {
            TakeBack(writer, entry);
        }

        foreach (var entry in entries.Where(e => !made.Contains(e.Memory)))
        {
            var current = writer.Find(entry.Memory)!;
            var (value, at) = Confidence(writer, current, entry);
            writer.Update(current with
            {
                State = entry.Before.State ?? current.State,
                Tags = entry.Before.Tags ?? current.Tags,
                Importance = entry.Before.Importance ?? current.Importance,
                UpdatedAt = entry.Before.UpdatedAt is { } updated && current.UpdatedAt == entry.After.UpdatedAt ? updated : current.UpdatedAt,
                ValidUntil = entry.After.ValidUntil is null ? current.ValidUntil : entry.Before.ValidUntil,
                Confidence = value,
                ConfidenceAt = at,
            });
        }

        Learn(writer, entries, made);
        foreach (var id in made)
        {
            writer.Retract(id);
        }

        return [];
    }

    private static void TakeBack(IMemoryWriter writer, JournalEntry entry)
    {
        if (entry.After.MergedInto is { Length: > 0 } into)
        {
            writer.RemoveLink(entry.Memory, MemoryId.FromStore(into), LinkKind.MergedInto);
        }

        if (entry.After.SupersededBy is { } by)
        {
            writer.RemoveLink(entry.Memory, MemoryId.FromStore(by), LinkKind.SupersededBy);
        }

        if (entry.After.ContestedWith is { } other)
        {
            writer.RemovePairMark(entry.Memory, MemoryId.FromStore(other), PairMarkKind.Contested);
        }

        foreach (var row in entry.After.Evidence ?? [])
        {
            writer.RemoveEvidence(entry.Memory, row);
        }
    }

    // Whoever puts a unit back says that its pairs are not what they were taken for.
    private void Learn(IMemoryWriter writer, JournalEntry[] entries, HashSet<MemoryId> made)
    {
        var merged = entries.Where(static e => e.After.MergedInto is { Length: > 0 }).ToList();
        if (merged.Count > 0)
        {
            MemoryId[] all = [.. entries.Where(static e => e.After.SupersededBy is null).Select(static e => e.Memory).Where(id => !made.Contains(id))];
            var standing = made.Count > 0 ? all[^1] : MemoryId.FromStore(merged[0].After.MergedInto!);
            var pairs = all.Length <= AllPairs
                ? all.SelectMany((one, i) => all.Skip(i + 1).Select(other => (one, other)))
                : all.Select(one => (one, other: standing));
            foreach (var (one, other) in pairs)
            {
                writer.AddPairMark(new PairMark(one, other, PairMarkKind.NotDuplicate, now));
            }
        }

        foreach (var entry in entries)
        {
            if ((entry.After.SupersededBy ?? entry.After.ContestedWith ?? entry.After.PartlySupersededBy) is { } other)
            {
                writer.AddPairMark(new PairMark(entry.Memory, MemoryId.FromStore(other), PairMarkKind.NotContradiction, now));
            }
        }
    }

    private static string? Conflict(IMemoryWriter writer, JournalEntry entry, HashSet<MemoryId> made, HashSet<MemoryId> unit)
    {
        var current = writer.Find(entry.Memory)!;
        if (current.State == MemoryState.Forgotten)
        {
            return $"{entry.Memory} was forgotten since";
        }

        // A later run that did the same again (archived once more what was in use for a while) must be undone first.
        if ((entry.After.State ?? (entry.After.IsNew is true ? MemoryState.Active : null)) is not null
            && writer.ChangesAfter(entry).FirstOrDefault(static later => later.After.State is not null) is { } change)
        {
            return $"{entry.Memory} was changed by run {change.Run} since; undo that one first";
        }

        if (entry.After.IsNew is true)
        {
            return UseOf(writer, current, entry, unit);
        }

        // What is as it was before already is no conflict.
        if (Differs(entry.Before.State, entry.After.State, current.State))
        {
            return $"{entry.Memory} is {Names.Of(current.State)} since; the run had left it {Names.Of(entry.After.State!.Value)}";
        }

        if ((entry.After.MergedInto is { Length: > 0 } merged ? merged : entry.After.SupersededBy) is { } into && current.State is MemoryState.Merged or MemoryState.Superseded
            && !made.Contains(MemoryId.FromStore(into))
            && writer.Find(MemoryId.FromStore(into)) is { State: MemoryState.Superseded or MemoryState.Merged or MemoryState.Forgotten } target)
        {
            // Its words would come back beside those that replaced them.
            return $"{entry.Memory} was {(entry.After.SupersededBy is null ? "merged into" : "superseded by")} {target.Id}, which is {Names.Of(target.State)} since";
        }

        if (Differs(entry.Before.Importance, entry.After.Importance, current.Importance))
        {
            return $"the importance of {entry.Memory} was changed since";
        }

        if (entry is { Before.Tags: { } before, After.Tags: { } after }
            && !current.Tags.SequenceEqual(after, StringComparer.Ordinal) && !current.Tags.SequenceEqual(before, StringComparer.Ordinal))
        {
            return $"the tags of {entry.Memory} were changed since";
        }

        return null;
    }

    // What a run made is taken back only as it made it: what clients said of it since would be lost with it.
    private static string? UseOf(IMemoryWriter writer, MemoryRecord current, JournalEntry entry, HashSet<MemoryId> unit)
    {
        if (current.State != MemoryState.Active)
        {
            return $"{entry.Memory}, which the run made, is {Names.Of(current.State)} since";
        }

        if (current.UpdatedAt != current.CreatedAt)
        {
            return $"{entry.Memory}, which the run made, was corroborated, judged or changed since";
        }

        var later = writer.LinksOf([entry.Memory]).Where(l => l.To == entry.Memory && !unit.Contains(l.From)).ToList();
        return later.Exists(static l => l.Kind == LinkKind.SupersededBy) ? $"{entry.Memory}, which the run made, has replaced another memory since"
            : later.Count > 0 ? $"{later[^1].From} was merged into {entry.Memory}, which the run made, since"
            : null;
    }

    private static bool Differs<T>(T? before, T? after, T current) where T : struct =>
        after is { } changed && !changed.Equals(current) && !before.Equals(current);

    // Confidence is derived, so nobody edits it: what it was, if the evidence is again as it was; else what it is, if the evidence says so;
    // else it is calculated anew.
    private (double Value, DateTimeOffset At) Confidence(IMemoryWriter writer, MemoryRecord current, JournalEntry entry)
    {
        var evidence = writer.EvidenceOf([current.Id])[current.Id];
        if (entry.Before is { Confidence: { } was, ConfidenceAt: { } wasAt } && Follows(was, wasAt))
        {
            return (was, wasAt);
        }

        if (Follows(current.Confidence, current.ConfidenceAt))
        {
            return (current.Confidence, current.ConfidenceAt);
        }

        return (Of(now), now);

        double Of(DateTimeOffset at) => ConfidenceCalculation.Of(evidence, current.Kind, at, confidence).Value;
        bool Follows(double value, DateTimeOffset at) => Math.Abs(Of(at) - value) < 1e-9;
    }
}
