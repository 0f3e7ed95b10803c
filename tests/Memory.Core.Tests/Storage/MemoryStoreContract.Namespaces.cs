using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public abstract partial class MemoryStoreContract
{
    [Fact]
    public async Task Reader_and_writer_of_one_namespace_see_nothing_of_another()
    {
        var id = await Store.WriteAsync(Theirs, w =>
        {
            var one = w.Insert(Memory("kestrel secret", Theirs) with { Tags = ["hidden"] });
            var two = w.Insert(Memory("kestrel other", Theirs));
            w.AddEvidence(one.Id, new Evidence(EvidenceKind.Asserted, "user", null, At));
            w.AddLink(new Link(two.Id, one.Id, LinkKind.SupersededBy, At));
            var three = w.Insert(Memory("kestrel merged", Theirs) with { State = MemoryState.Merged });
            w.AddLink(new Link(three.Id, one.Id, LinkKind.MergedInto, At));
            w.AddPairMark(new PairMark(one.Id, two.Id, PairMarkKind.NotDuplicate, At));
            w.AddPairMark(new PairMark(one.Id, three.Id, PairMarkKind.Contested, At));
            w.StatementMarks().ShouldHaveSingleItem().Kind.ShouldBe(PairMarkKind.NotDuplicate);
            w.MergedStatements([one.Id, two.Id]).ShouldBe([(one.Id, Folding.Hash(Folding.Statement("kestrel merged")))]);
            w.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [one.Id] = new(1, At) });
            w.AddRun(Run("20261124-120000-aaaax7", Theirs));
            w.AddJournal(new JournalEntry(RunIdOf("20261124-120000-aaaax7"), 1, one.Id, new(), new(), "why"));
            w.SetVector(one.Id, "test/2/1", StoredVector.Of([1, 0]));
            w.EmbeddedAfter(0, "test/2/1", 10).ShouldHaveSingleItem().Statement.Id.ShouldBe(one.Id);
            return one.Id;
        });

        await Store.WriteAsync(Mine, w =>
        {
            w.Namespace.ShouldBe(Mine);
            w.Find(id).ShouldBeNull();
            w.FindMany([id]).ShouldBeEmpty();
            w.WithSameText("kestrel secret").ShouldBeEmpty();
            w.Search(LexicalQuery.Parse("kestrel"), new() { States = [] }, 10).ShouldBeEmpty();
            w.RecentlyUsed(new(), 10).ShouldBeEmpty();
            w.RecallUses([id]).ShouldBeEmpty();
            w.EvidenceOf([id])[id].ShouldBeEmpty();
            w.LinksOf([id]).ShouldBeEmpty();
            w.Ancestors(id).ShouldBeEmpty();
            w.ChangedAfter(0, 10).ShouldBeEmpty();
            w.EmbeddedAfter(0, "test/2/1", 10).ShouldBeEmpty();
            w.SameStatementGroups(0).ShouldBeEmpty();
            w.ActiveMemories().ShouldBeEmpty();
            w.PairMarksOf([id]).ShouldBeEmpty();
            w.StatementMarks().ShouldBeEmpty();
            w.MergedStatements([id]).ShouldBeEmpty();
            w.Corrections().ShouldBeEmpty();
            w.Counts().ByState.ShouldBeEmpty();
            w.TagsStartingWith("", 10).ShouldBeEmpty();
            w.Runs(10).ShouldBeEmpty();
            w.LastCompletedRun().ShouldBeNull();
            w.FindRun(RunIdOf("20261124-120000-aaaax7")).ShouldBeNull();
            w.JournalOf(RunIdOf("20261124-120000-aaaax7")).ShouldBeEmpty();
            return true;
        });
    }

    [Fact]
    public async Task Writer_of_one_namespace_cannot_change_another()
    {
        var theirs = await Store.WriteAsync(Theirs, w => w.Insert(Memory("kestrel", Theirs)));
        var mine = await Store.WriteAsync(Mine, w => w.Insert(Memory("walnut")));
        Action<IMemoryWriter>[] attempts =
        [
            w => w.Insert(Memory("smuggled", Theirs)),
            w => w.Update(theirs with { Importance = 1 }),
            w => w.Update(theirs with { Importance = 1, Namespace = Mine }),
            w => w.Erase([theirs.Id]),
            w => w.AddEvidence(theirs.Id, new Evidence(EvidenceKind.Refuted, "x", null, At)),
            w => w.AddLink(new Link(mine.Id, theirs.Id, LinkKind.MergedInto, At)),
            w => w.AddLink(new Link(theirs.Id, mine.Id, LinkKind.MergedInto, At)),
            w => w.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [theirs.Id] = new(5, At) }),
            w => w.AddRun(Run("20261124-120000-bbbbx7", Theirs)),
        ];
        foreach (var attempt in attempts)
        {
            try
            {
                await Store.WriteAsync(Mine, w =>
                {
                    attempt(w);
                    return true;
                });
            }
            catch (Exception error) when (error is InvalidOperationException or ArgumentException or MemoryStoreException)
            {
                // Refusing is fine, ignoring too; what counts is that nothing changed.
            }
        }

        await Store.ReadAsync(Theirs, r =>
        {
            r.Find(theirs.Id)!.ShouldBe(theirs with { Tags = r.Find(theirs.Id)!.Tags });
            r.EvidenceOf([theirs.Id])[theirs.Id].ShouldBeEmpty();
            r.LinksOf([theirs.Id]).ShouldBeEmpty();
            r.RecallUses([theirs.Id]).ShouldBeEmpty();
            r.ActiveMemories().Select(static m => m.Id).ShouldBe([theirs.Id]);
            r.Runs(5).ShouldBeEmpty();
            return true;
        });
    }
}
