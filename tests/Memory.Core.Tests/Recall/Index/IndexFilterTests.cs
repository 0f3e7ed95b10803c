using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Index;

public sealed class IndexFilterTests
{
    private static readonly string[] Tags = ["red", "blue", "green"];

    private static readonly Gen<DateTimeOffset> AnyTime = Gen.Int[0, 6].Select(static days => ServiceFixture.Start.AddDays(-days));

    private static readonly Gen<MemoryFilter> AnyFilter = Gen.Select(
        Gen.OneOf(MemoryState.Active, MemoryState.Merged, MemoryState.Superseded, MemoryState.Archived).Array[0, 3],
        Gen.Enum<MemoryKind>().Array[0, 3],
        Gen.OneOf("red", "blue", "green", "unknown", " red ").Array[0, 3],
        Gen.Bool,
        AnyTime.Nullable(),
        AnyTime.Nullable(),
        Gen.OneOf(0.0, 0.25, 0.5, 0.75)).Select(static (states, kinds, tags, all, since, until, confidence) => new MemoryFilter
        {
            States = states, Kinds = kinds, Tags = tags, AllTags = all, Since = since, Until = until, MinConfidence = confidence,
        });

    [Fact]
    public async Task Passes_agrees_with_a_plain_filter_over_the_memories()
    {
        await using var f = new ServiceFixture();
        var random = new Random(11);
        var states = Enum.GetValues<MemoryState>();
        for (var i = 0; i < 120; i++)
        {
            var id = (await f.StoreAsync($"tea {i}", (MemoryKind)random.Next(6), tags: [.. Tags.Where(_ => random.Next(2) == 0)], occurredAt: random.Next(2) == 0 ? null : ServiceFixture.Start.AddDays(-random.Next(7)))).Memory.Id;
            var (state, confidence) = (states[random.Next(states.Length)], random.Next(5) / 4.0);
            await f.Store.WriteAsync(ServiceFixture.Ns, w =>
            {
                var updated = w.Update(w.Find(id)! with { State = state == MemoryState.Forgotten ? MemoryState.Active : state, Confidence = confidence });
                if (state == MemoryState.Forgotten)
                {
                    w.Erase([id]);
                }

                return updated;
            });
        }

        await f.Store.ReadAsync(ServiceFixture.Ns, reader =>
        {
            var index = TestIndex.Of(reader);
            var all = reader.ChangedAfter(0, 1000).ToDictionary(static m => m.Id);
            all.Count.ShouldBe(120);
            AnyFilter.Sample(filter =>
            {
                var compiled = new IndexFilter(index, filter, asOf: null);
                foreach (var entry in index.Entries)
                {
                    var memory = all[MemoryId.FromBits(entry.Id)];
                    compiled.Passes(entry).ShouldBe(Passes(memory, filter), $"{memory} {filter}");
                }
            }, iter: 500, threads: 1);
            return true;
        });
    }

    private static bool Passes(MemoryRecord memory, MemoryFilter filter) =>
        memory.State != MemoryState.Forgotten
        && (filter.States.Count == 0 || filter.States.Contains(memory.State))
        && (filter.Kinds.Count == 0 || filter.Kinds.Contains(memory.Kind))
        && (filter.Tags.Count == 0 || (filter.AllTags ? filter.Tags.All(memory.Tags.Contains) : filter.Tags.Any(memory.Tags.Contains)))
        && !(memory.When < filter.Since) && !(memory.When > filter.Until)
        && memory.Confidence >= filter.MinConfidence;

    [Fact]
    public async Task Passes_at_an_earlier_time_what_was_stored_by_then_and_had_not_ended()
    {
        await using var f = new ServiceFixture();
        var replaced = (await f.StoreAsync("tea is green")).Memory.Id;
        var kept = (await f.StoreAsync("coffee is black")).Memory.Id;
        f.Time.Advance(TimeSpan.FromHours(2));
        var replacing = (await f.Memories.UpdateAsync(ServiceFixture.Ns, replaced, new() { Content = "tea is black" })).Value!.Memory.Id;

        (await At(-1)).ShouldBeEmpty();
        (await At(0)).ShouldBe([replaced, kept]);
        (await At(1)).ShouldBe([replaced, kept]);
        (await At(2)).ShouldBe([kept, replacing]);
        (await At(2, MemoryState.Superseded)).ShouldBe([replaced]);
        (await At(1, MemoryState.Superseded)).ShouldBeEmpty();

        Task<MemoryId[]> At(int hours, MemoryState state = MemoryState.Active) => f.Store.ReadAsync(ServiceFixture.Ns, reader =>
        {
            var index = TestIndex.Of(reader);
            var filter = new IndexFilter(index, new MemoryFilter { States = [state] }, ServiceFixture.Start.AddHours(hours));
            return index.Entries.ToArray().Where(e => filter.Passes(e)).Select(static e => MemoryId.FromBits(e.Id)).ToArray();
        });
    }
}
