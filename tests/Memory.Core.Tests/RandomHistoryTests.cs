using System.Text;
using CsCheck;
using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests;

/// <summary>Random sequences of everything a client can do, against a simple model.</summary>
public sealed class RandomHistoryTests
{
    private enum Kind
    {
        Store,
        Update,
        Forget,
        Feedback,
        Consolidate,
        Undo,
        Advance,
        Reopen,
    }

    private static readonly Gen<(Kind Kind, int Subject, int Wording, int Pick)> Operation = Gen.Select(
        Gen.Frequency(
            (10, Gen.Const(Kind.Store)), (3, Gen.Const(Kind.Update)), (1, Gen.Const(Kind.Forget)), (2, Gen.Const(Kind.Feedback)),
            (3, Gen.Const(Kind.Consolidate)), (2, Gen.Const(Kind.Undo)), (2, Gen.Const(Kind.Advance)), (1, Gen.Const(Kind.Reopen))),
        Gen.Int[0, HistoryModel.Subjects.Length - 1],
        Gen.Int[0, 3],
        Gen.Int[0, 999]);

    [Fact]
    public void Any_history_agrees_with_the_model() =>
        Operation.Array[1, 40].Sample(
            operations => RunAsync(operations).GetAwaiter().GetResult(),
            iter: 200,
            threads: 2,
            print: static operations => string.Join(", ", operations));

    private static async Task RunAsync((Kind Kind, int Subject, int Wording, int Pick)[] operations)
    {
        await using var f = new ServiceFixture();
        var history = new History(f);
        foreach (var operation in operations)
        {
            await history.ApplyAsync(operation);
            await history.CheckAsync();
        }

        await history.CheckAtTheEndAsync();
    }

    private sealed class History(ServiceFixture f)
    {
        private static readonly Namespace Ns = ServiceFixture.Ns;
        private readonly HistoryModel _model = new();
        private readonly List<RunId> _runs = [];
        private readonly HashSet<(MemoryId, MemoryId)> _separate = [];
        private bool _isUntouched;

        public async Task ApplyAsync((Kind Kind, int Subject, int Wording, int Pick) o)
        {
            _isUntouched &= o.Kind is Kind.Undo or Kind.Advance or Kind.Reopen;
            var entry = _model.Entries.Count > 0 ? _model.Entries[o.Pick % _model.Entries.Count] : null;
            switch (o.Kind)
            {
                case Kind.Store:
                    var stored = await f.StoreAsync(HistoryModel.Text(o.Subject, o.Wording), session: $"s{o.Pick % 3}");
                    _model.Store(o.Subject, o.Wording, stored.Memory.Id, stored.IsNew);
                    break;
                case Kind.Update when entry is not null:
                    await UpdateAsync(entry, o.Subject, o.Wording);
                    break;
                case Kind.Forget when entry is not null:
                    var forgotten = await f.Memories.ForgetAsync(Ns, [entry.Id]);
                    forgotten.Succeeded.ShouldBe(entry.State is not MemoryState.Merged);
                    if (forgotten.Succeeded)
                    {
                        forgotten.Value.Ids.ToHashSet().ShouldBe([.. _model.Ancestors(entry).Where(static e => e.State != MemoryState.Forgotten).Append(entry).Select(static e => e.Id)], ignoreOrder: true);
                        _model.Forget(entry);
                    }

                    break;
                case Kind.Feedback when entry is not null:
                    var judged = await f.Memories.FeedbackAsync(Ns, entry.Id, new Feedback(o.Pick % 2 == 0, "user"));
                    judged.Succeeded.ShouldBe(HistoryModel.CanBeEdited(entry));
                    entry.OwnEvidence += judged.Succeeded ? 1 : 0;
                    break;
                case Kind.Consolidate:
                    await ConsolidateAsync();
                    break;
                case Kind.Undo when _runs.Count > 0:
                    await UndoAsync(_runs[o.Pick % _runs.Count]);
                    break;
                case Kind.Advance:
                    f.Time.Advance(TimeSpan.FromDays(1 + (o.Pick % 200)));
                    break;
                case Kind.Reopen:
                    await f.ReopenAsync();
                    break;
            }
        }

        public async Task CheckAsync()
        {
            var (records, ledgers) = await f.Store.ReadAsync(Ns, static reader =>
            {
                var all = reader.ChangedAfter(0, int.MaxValue);
                return (all.ToDictionary(static m => m.Id), reader.EvidenceOf([.. all.Select(static m => m.Id)]));
            });
            records.Count.ShouldBe(_model.Entries.Count);
            foreach (var entry in _model.Entries)
            {
                var record = records[entry.Id];
                record.State.ShouldBe(entry.State);
                record.Content.ShouldBe(entry.State == MemoryState.Forgotten ? "" : entry.Text);
                ledgers[entry.Id].Count.ShouldBe(_model.Evidence(entry));
                if (entry.State is MemoryState.Active or MemoryState.Archived)
                {
                    record.Confidence.ShouldBe(
                        ConfidenceCalculation.Of(ledgers[entry.Id], record.Kind, record.ConfidenceAt, ConfidenceOptions.Default).Value, 1e-6);
                }

                // Promise 3: what was said is active or archived, or lineage leads from it to what is.
                if (entry.State is MemoryState.Merged or MemoryState.Superseded)
                {
                    End(entry).State.ShouldBeOneOf(MemoryState.Active, MemoryState.Archived);
                    var links = await f.Store.ReadAsync(Ns, reader => reader.LinksOf([entry.Id]));
                    links.Single(l => l.From == entry.Id).To.ShouldBe(entry.Next!.Id);
                }
            }

            for (var subject = 0; subject < HistoryModel.Subjects.Length; subject++)
            {
                var active = _model.Entries.Where(e => e.Subject == subject && e.State == MemoryState.Active).Select(static e => e.Text);

                // What resembles the subject without naming it may be recalled too.
                var named = (await f.RecallAsync(HistoryModel.Subjects[subject])).Where(t => t.Contains(HistoryModel.Subjects[subject], StringComparison.OrdinalIgnoreCase));
                named.ShouldBe(active, ignoreOrder: true);
            }
        }

        public async Task CheckAtTheEndAsync()
        {
            (await f.Store.HealthAsync()).Damage.ShouldBeNull();
            await f.Memories.DisposeAsync();
            await f.Store.DisposeAsync();
            var files = Directory.GetFiles(f.Folder, "*", SearchOption.AllDirectories);
            for (var subject = 0; subject < HistoryModel.Subjects.Length; subject++)
            {
                var ofSubject = _model.Entries.Where(e => e.Subject == subject).ToList();
                if (ofSubject.Count > 0 && ofSubject.All(static e => e.State == MemoryState.Forgotten))
                {
                    foreach (var file in files)
                    {
                        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Contains(HistoryModel.Subjects[subject], StringComparison.OrdinalIgnoreCase)
                            .ShouldBeFalse($"{Path.GetFileName(file)} still holds what was forgotten");
                    }
                }
            }
        }

        private static HistoryModel.Entry End(HistoryModel.Entry entry) =>
            entry.State is MemoryState.Merged or MemoryState.Superseded ? End(entry.Next!) : entry;

        private async Task UpdateAsync(HistoryModel.Entry entry, int subject, int wording)
        {
            var text = HistoryModel.Text(subject, wording);
            var outcome = await f.Memories.UpdateAsync(Ns, entry.Id, new MemoryChange { Content = text });
            outcome.Succeeded.ShouldBe(HistoryModel.CanBeEdited(entry));
            if (!outcome.Succeeded || text == entry.Text)
            {
                return;
            }

            entry.State = MemoryState.Superseded;
            var isNew = _model.Entries.All(e => e.Id != outcome.Value.Memory.Id);
            _model.Store(subject, wording, outcome.Value.Memory.Id, isNew);
            entry.Next = _model.Entries.Single(e => e.Id == outcome.Value.Memory.Id);
        }

        private async Task ConsolidateAsync()
        {
            var before = _model.Entries.ToDictionary(static e => e, static e => e.State);
            var report = await f.ConsolidateAsync();
            _runs.Add(report.Run!.Value);
            _isUntouched = true;
            var (records, links) = await ReadAsync();
            foreach (var entry in _model.Entries.Where(static e => e.State == MemoryState.Active))
            {
                entry.State = records[entry.Id].State;
                entry.ChangedBy = entry.State == MemoryState.Active ? null : report.Run;
                entry.Next = links.TryGetValue(entry.Id, out var to) ? _model.Entries.Single(e => e.Id == to) : null;
                if (entry.State == MemoryState.Archived)
                {
                    (f.Time.GetUtcNow() - records[entry.Id].UpdatedAt).ShouldBeGreaterThan(TimeSpan.FromDays(179));
                }
            }

            // What says the same is merged into exactly one of them, which may then have been archived; nothing else is merged.
            foreach (var group in _model.Entries.Where(e => before[e] == MemoryState.Active).GroupBy(static e => e.Subject))
            {
                // What an undo has separated stays so, and whatever says it again with it; all else comes together.
                var left = group.Where(static e => e.State != MemoryState.Merged).ToList();
                left.ShouldAllBe(e => left.TrueForAll(o => o == e || IsSeparate(e, o)));
                group.Where(e => e.ChangedBy == report.Run && e.State == MemoryState.Merged).ShouldAllBe(e => !IsSeparate(e, e.Next!));
                group.Where(static e => e.State == MemoryState.Merged).ShouldAllBe(e => e.Next!.Subject == group.Key && e.Next.State != MemoryState.Merged);
            }

            (await f.ConsolidateAsync()).Counts.ShouldBe(new RunCounts(0, 0, 0));
        }

        private async Task UndoAsync(RunId run)
        {
            var outcome = await f.Consolidator.UndoAsync(Ns, run);
            if (_isUntouched && run == _runs[^1])
            {
                // Nothing has changed since: all of it can be put back.
                outcome.Succeeded.ShouldBeTrue();
                outcome.Value.Refused.ShouldBeEmpty();
                _isUntouched = false;
            }

            var (records, _) = await ReadAsync();
            var units = _model.Entries.Where(e => e.State == MemoryState.Merged && e.ChangedBy == run).GroupBy(static e => e.Next!).ToDictionary(static u => u.Key, static u => u.Append(u.Key).ToArray());
            foreach (var entry in _model.Entries)
            {
                var state = records[entry.Id].State;
                if (state != entry.State)
                {
                    // Undo brings back what that run took away, and touches nothing else.
                    outcome.Succeeded.ShouldBeTrue();
                    state.ShouldBe(MemoryState.Active);
                    entry.ChangedBy.ShouldBe(run);
                    if (entry is { State: MemoryState.Merged, Next: { } into })
                    {
                        Separate(units[into]);
                    }

                    entry.State = MemoryState.Active;
                    entry.Next = null;
                }
            }

            if (outcome is { Succeeded: true, Value.Refused.Count: 0 })
            {
                _model.Entries.ShouldAllBe(e => e.ChangedBy != run || e.State != MemoryState.Merged);
            }
        }

        // What is separate are statements, and all of one subject fold to one: as long as both of whom it was said are there.
        private bool IsSeparate(HistoryModel.Entry one, HistoryModel.Entry other) => _model.Entries
            .Where(e => e.Subject == one.Subject && e.State != MemoryState.Forgotten).Select(static e => e.Id).ToHashSet() is var there
            && one.Subject == other.Subject && _separate.Any(pair => there.Contains(pair.Item1) && there.Contains(pair.Item2));

        private void Separate(HistoryModel.Entry[] unit)
        {
            foreach (var one in unit)
            {
                _separate.UnionWith(unit.Where(o => o != one).Select(o => (one.Id, o.Id)));
            }
        }

        private Task<(Dictionary<MemoryId, MemoryRecord> Records, Dictionary<MemoryId, MemoryId> Links)> ReadAsync() => f.Store.ReadAsync(Ns, static reader =>
        {
            var all = reader.ChangedAfter(0, int.MaxValue);
            var links = reader.LinksOf([.. all.Select(static m => m.Id)]);
            return (all.ToDictionary(static m => m.Id), links.ToDictionary(static l => l.From, static l => l.To));
        });
    }
}
