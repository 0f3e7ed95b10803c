using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public abstract partial class MemoryStoreContract
{
    [Fact]
    public async Task Usage_counts_what_is_there_in_bytes_and_what_is_forgotten_no_more()
    {
        var first = Memory("Zürich 📦");
        await Store.WriteAsync(Mine, w => w.Insert(first));
        await Store.WriteAsync(Mine, w => w.Insert(Memory("two")));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs") with { Namespace = Theirs }));

        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(2, 12 + 3));
        await Store.WriteAsync(Mine, w =>
        {
            w.Update(w.Find(first.Id)! with { State = MemoryState.Archived });
            return true;
        });
        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(2, 12 + 3));
        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([first.Id]);
            w.Erase([first.Id]);
            return true;
        });

        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(1, 3));
        (await Store.ReadAsync(Parse("empty"), static r => r.Usage())).ShouldBe(default);
    }

    [Fact]
    public async Task Usage_counts_tags_and_evidence_and_what_is_taken_away_no_more()
    {
        var memory = Memory("two") with { Tags = ["ab", "ü"] };
        await Store.WriteAsync(Mine, w => w.Insert(memory));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs") with { Namespace = Theirs }));
        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(1, 3 + 4));

        await Store.WriteAsync(Mine, w =>
        {
            w.AddEvidence(memory.Id, new Evidence(EvidenceKind.Asserted, "agent", null, At));
            w.AddEvidence(memory.Id, new Evidence(EvidenceKind.Corroborated, "user", "s1", At, "noted", "Two!"));
            return true;
        });
        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(1, 3 + 4 + (32 + 5) + (32 + 4 + 2 + 5 + 4)));

        await Store.WriteAsync(Mine, w => w.Update(w.Find(memory.Id)! with { Tags = ["a"] }));
        (await Store.ReadAsync(Mine, static r => r.Usage())).Bytes.ShouldBe(3 + 1 + (32 + 5) + (32 + 4 + 2 + 5 + 4));
        await Store.WriteAsync(Mine, w =>
        {
            w.Erase([memory.Id]);
            return true;
        });
        (await Store.ReadAsync(Mine, static r => r.Usage())).ShouldBe(new NamespaceUsage(0, 0));
        (await Store.ReadAsync(Theirs, static r => r.Usage())).ShouldBe(new NamespaceUsage(1, 6));
    }

    [Fact]
    public async Task Page_gives_every_memory_of_its_namespace_once_the_last_stored_first()
    {
        var stored = Enumerable.Range(0, 5).Select(i => Memory($"Number {i}") with { CreatedAt = At.AddMinutes(i / 2) }).ToArray();
        foreach (var memory in stored)
        {
            await Store.WriteAsync(Mine, w => w.Insert(memory));
        }

        await Store.WriteAsync(Theirs, w => w.Insert(Memory("theirs") with { Namespace = Theirs }));
        var (first, second) = await Store.ReadAsync(Mine, r =>
        {
            var page = r.Page(new MemoryFilter(), null, 3);
            return (page, r.Page(new MemoryFilter(), page[^1].Id, 3));
        });

        first.Concat(second).Select(static m => m.Content).ShouldBe(["Number 4", "Number 3", "Number 2", "Number 1", "Number 0"]);
        (await Store.ReadAsync(Theirs, r => r.Page(new MemoryFilter(), stored[4].Id, 3))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lease_is_found_by_whoever_asks()
    {
        (await Store.FindLeaseAsync("any")).ShouldBeNull();
        var lease = await Store.AcquireLeaseAsync("any", "me", TimeSpan.FromSeconds(30));

        (await Store.FindLeaseAsync("any")).ShouldBe(lease);
    }
}
