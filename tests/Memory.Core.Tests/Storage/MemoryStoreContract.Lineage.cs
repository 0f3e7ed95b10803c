using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Storage;

public abstract partial class MemoryStoreContract
{
    [Fact]
    public async Task Evidence_counts_through_merges_and_not_through_replacement()
    {
        var (a, b, c, d) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("a")), w.Insert(Memory("b")), w.Insert(Memory("c")), w.Insert(Memory("d"))));
        await Store.WriteAsync(Mine, w =>
        {
            foreach (var (memory, hours) in new[] { (a, 3), (b, 2), (c, 1), (d, 0) })
            {
                w.AddEvidence(memory.Id, new Evidence(EvidenceKind.Asserted, memory.Content, "s", At.AddHours(hours), "note", "words"));
            }

            w.AddLink(new Link(c.Id, b.Id, LinkKind.MergedInto, At));
            w.AddLink(new Link(b.Id, a.Id, LinkKind.MergedInto, At));
            w.AddLink(new Link(d.Id, a.Id, LinkKind.SupersededBy, At));
            return true;
        });

        var ledgers = await Store.ReadAsync(Mine, r => r.EvidenceOf([a.Id, b.Id, d.Id]));
        ledgers[a.Id].Select(static e => e.Source).ShouldBe(["c", "b", "a"]);
        ledgers[b.Id].Select(static e => e.Source).ShouldBe(["c", "b"]);
        ledgers[d.Id].Single().ShouldBe(new Evidence(EvidenceKind.Asserted, "d", "s", At, "note", "words"));
        (await Store.ReadAsync(Mine, r => r.Ancestors(a.Id).Select(static m => m.Content).ToArray())).ShouldBe(["b", "d", "c"], ignoreOrder: true);
        await Store.WriteAsync(Mine, w =>
        {
            w.RemoveLink(b.Id, a.Id, LinkKind.MergedInto);
            return true;
        });
        (await Store.ReadAsync(Mine, r => r.EvidenceOf([a.Id])))[a.Id].Single().Source.ShouldBe("a");
    }

    [Fact]
    public async Task SurvivorsOf_follows_merges_to_what_is_active_and_nothing_else()
    {
        var m = await Store.WriteAsync(Mine, w => "abcdefgh".Select(c => w.Insert(Memory($"{c}") with { State = c is 'c' or 'h' ? MemoryState.Active : c == 'e' ? MemoryState.Superseded : MemoryState.Merged })).ToArray());
        await Store.WriteAsync(Mine, w =>
        {
            // a -> b -> c; d -> e (superseded by c); f <-> g; h is what it is.
            foreach (var (from, to, kind) in new[] { (0, 1, LinkKind.MergedInto), (1, 2, LinkKind.MergedInto), (3, 4, LinkKind.MergedInto), (4, 2, LinkKind.SupersededBy), (5, 6, LinkKind.MergedInto), (6, 5, LinkKind.MergedInto) })
            {
                w.AddLink(new Link(m[from].Id, m[to].Id, kind, At));
            }

            return true;
        });

        var survivors = await Store.ReadAsync(Mine, r => r.SurvivorsOf([.. m.Select(static x => x.Id)]));

        survivors.ShouldBe(new Dictionary<MemoryId, Survivor> { [m[0].Id] = new(m[1].Id, m[2].Id), [m[1].Id] = new(m[2].Id, m[2].Id) }, ignoreOrder: true);
        (await Store.ReadAsync(Theirs, r => r.SurvivorsOf([m[0].Id]))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Evidence_tells_whether_its_own_words_are_hedged()
    {
        var (plain, hedged) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("The mast is tall")), w.Insert(Memory("I think the mast is tall"))));
        await Store.WriteAsync(Mine, w =>
        {
            w.AddEvidence(plain.Id, new Evidence(EvidenceKind.Asserted, "said plainly", null, At));
            w.AddEvidence(plain.Id, new Evidence(EvidenceKind.Corroborated, "in other words", null, At.AddHours(1), Statement: "apparently the mast is tall"));
            w.AddEvidence(hedged.Id, new Evidence(EvidenceKind.Asserted, "merged", null, At.AddHours(2)));
            w.AddEvidence(hedged.Id, new Evidence(EvidenceKind.Corroborated, "merged, plainly", null, At.AddHours(3), Statement: "The mast is TALL"));
            w.AddEvidence(hedged.Id, new Evidence(EvidenceKind.Confirmed, "feedback", null, At.AddHours(4)));
            w.AddLink(new Link(hedged.Id, plain.Id, LinkKind.MergedInto, At));
            return true;
        });

        (await Store.ReadAsync(Mine, r => r.EvidenceOf([plain.Id])))[plain.Id].Where(static e => e.IsHedged).Select(static e => e.Source).ShouldBe(["in other words", "merged"]);
    }

    [Fact]
    public async Task Ancestors_of_a_circle_come_to_an_end()
    {
        var (a, b) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("a")), w.Insert(Memory("b"))));
        await Store.WriteAsync(Mine, w =>
        {
            w.AddLink(new Link(b.Id, a.Id, LinkKind.MergedInto, At));
            w.AddLink(new Link(a.Id, b.Id, LinkKind.MergedInto, At));
            w.Update(a with { State = MemoryState.Merged });
            w.Update(b with { State = MemoryState.Merged });
            return true;
        });

        (await Store.ReadAsync(Mine, r => r.Ancestors(a.Id).Select(static m => m.Content).ToArray())).ShouldBe(["b"]);
        (await Store.ReadAsync(Mine, r => Lineage.Survivor(r, r.Find(a.Id)!).State)).ShouldBe(MemoryState.Merged);
    }
}
