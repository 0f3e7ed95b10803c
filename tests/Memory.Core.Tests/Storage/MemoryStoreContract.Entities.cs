using Memory.Core.Entities;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

/// <summary>What every store must know of the named things that memories mention.</summary>
public abstract partial class MemoryStoreContract
{
    [Fact]
    public async Task FindEntity_in_any_spelling_gives_the_first_one()
    {
        await InsertAsync("we met Ana Costa", "later ANA COSTA called");

        foreach (var name in new[] { "Ana Costa", "ana costa", " ANA  COSTA ", "Ana Costa's" })
        {
            (await FindAsync(name)).ShouldBe(new Entity(EntityKind.Name, "Ana Costa", "ana costa"), name);
        }

        foreach (var name in new[] { "Ana", "", " ", "'; DROP TABLE entities --", "\ud83d", "%" })
        {
            (await FindAsync(name)).ShouldBeNull(name);
        }
    }

    [Fact]
    public async Task EntitiesOf_gives_the_names_and_tags_of_each_memory_and_of_no_other()
    {
        var a = await Store.WriteAsync(Mine, w => w.Insert(Memory("set max_tokens in src/a.cs") with { Tags = ["harbor"] }));
        var b = await Store.WriteAsync(Mine, w => w.Insert(Memory("nothing named")));
        var theirs = await Store.WriteAsync(Theirs, w => w.Insert(Memory("we met Ana", Theirs)));

        var entities = await ReadNotedAsync(Mine, r => r.EntitiesOf([a.Id, b.Id, theirs.Id, b.Id]));

        entities.Count.ShouldBe(3);
        entities[a.Id].Select(static e => $"{e.Kind}:{e.Name}").ShouldBe(["Identifier:max_tokens", "Path:src/a.cs", "Tag:harbor"]);
        entities[b.Id].ShouldBeEmpty();
        entities[theirs.Id].ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_kind_of_entity_can_be_stored()
    {
        await Store.WriteAsync(Mine, w => w.Insert(
            Memory("Yesterday Ana set max_tokens in src/a.cs, see https://example.com/x and a@example.com, v1.2.3, `so it is`, ABC-123") with { Tags = ["harbor"] }));

        var memory = (await ReadNotedAsync(Mine, static r => r.ActiveMemories().Select(static m => m.Id).ToArray())).Single();
        (await ReadNotedAsync(Mine, r => r.EntitiesOf([memory])))[memory].Select(static e => e.Kind).Order().ShouldBe(Enum.GetValues<EntityKind>());
    }

    [Fact]
    public async Task MemoriesMentioning_gives_active_first_then_newest_first_up_to_the_limit()
    {
        var m = await InsertAsync("one for Ana", "two for Ana", "three for Ana", "four for Ana", "none for Bob");
        await Store.WriteAsync(Mine, w => w.Update(m[3] with { State = MemoryState.Archived }));
        await Store.WriteAsync(Mine, w => w.Update(m[1] with { State = MemoryState.Superseded }));

        (await MentioningAsync("Ana", 10)).ShouldBe(["three for Ana", "one for Ana", "four for Ana", "two for Ana"]);
        (await MentioningAsync("Ana", 3)).ShouldBe(["three for Ana", "one for Ana", "four for Ana"]);
        (await MentioningAsync("Ana", 1)).ShouldBe(["three for Ana"]);
        (await MentioningAsync("Ana", 10, activeOnly: true)).ShouldBe(["three for Ana", "one for Ana"]);
        (await ReadNotedAsync(Mine, static r => r.MemoriesMentioning(new Entity(EntityKind.Name, "Zoe", "zoe"), 10))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Update_of_tags_changes_what_a_memory_mentions_and_nothing_else_does(bool isNotedBefore)
    {
        var memory = await Store.WriteAsync(Mine, w => w.Insert(Memory("we met Ana") with { Tags = ["first", "both"] }));
        var other = await Store.WriteAsync(Mine, w => w.Insert(Memory("we met Bob") with { Tags = ["BOTH"] }));
        if (isNotedBefore)
        {
            await NoteAsync();
        }

        await Store.WriteAsync(Mine, w => w.Update(memory with { Tags = ["second"], Importance = 0.9 }));
        await Store.WriteAsync(Mine, w => w.Update(other with { Importance = 0.9, State = MemoryState.Archived }));

        var entities = await ReadNotedAsync(Mine, r => r.EntitiesOf([memory.Id, other.Id]));
        entities[memory.Id].Select(static e => e.Name).ShouldBe(["Ana", "second"]);
        entities[other.Id].Select(static e => e.Name).ShouldBe(["Bob", "BOTH"], ignoreOrder: true);
        (await FindAsync("first")).ShouldBeNull();
    }

    [Fact]
    public async Task Erase_takes_the_mentions_with_every_entity_that_nothing_else_mentions()
    {
        var m = await InsertAsync("we met ANA in Lisbon", "we met Ana in Porto");

        await Store.WriteAsync(Mine, w => { w.Erase([m[0].Id]); return true; });

        (await FindAsync("Lisbon")).ShouldBeNull();
        (await FindAsync("Porto")).ShouldNotBeNull();
        // The spelling of the erased memory was its content.
        (await FindAsync("ana"))!.Value.Name.ShouldBe("Ana");
        (await ReadNotedAsync(Mine, r => r.EntitiesOf([m[0].Id])))[m[0].Id].ShouldBeEmpty();
        (await MentioningAsync("Ana", 10)).ShouldBe(["we met Ana in Porto"]);
        (await Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Write_that_throws_leaves_no_entity()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Store.WriteAsync<bool>(Mine, w =>
        {
            w.Insert(Memory("we met Ana"));
            throw new InvalidOperationException();
        }));

        (await FindAsync("Ana")).ShouldBeNull();
    }

    [Fact]
    public async Task Neighbours_are_what_the_same_memories_mention_hop_by_hop()
    {
        var m = await InsertAsync("so Ana met Bob", "again Ana met Bob", "then Bob went with Carol", "when Carol saw Dave", "if Dave hit Erik", "nobody knows Zoe");

        var near = await NeighboursAsync("ana", 1);
        near.Select(Describe).ShouldBe(["1 Bob 2 through Ana"]);
        near[0].Memories.ShouldBe([m[1].Id, m[0].Id]);
        (await NeighboursAsync("Ana", 2)).Select(Describe).ShouldBe(["1 Bob 2 through Ana", "2 Carol 1 through Bob"]);
        (await NeighboursAsync("Ana", 3)).Select(Describe).ShouldBe(["1 Bob 2 through Ana", "2 Carol 1 through Bob", "3 Dave 1 through Carol"]);
        (await NeighboursAsync("Zoe", 3)).ShouldBeEmpty();
        (await ReadNotedAsync(Mine, static r => r.Neighbours(new Entity(EntityKind.Name, "No", "no"), 1))).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => NeighboursAsync("Ana", 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => NeighboursAsync("Ana", 4));
    }

    [Fact]
    public async Task Neighbours_in_a_circle_are_met_once_at_their_nearest_through_the_strongest()
    {
        await InsertAsync("so Ana met Bob", "then Ana met Carol", "when Bob met Carol", "if Bob saw Dave", "when Carol saw Dave", "how Carol saw Dave");

        (await NeighboursAsync("Ana", 3)).Select(Describe).ShouldBe(["1 Carol 1 through Ana", "1 Bob 1 through Ana", "2 Dave 2 through Carol"]);
    }

    [Fact]
    public async Task Neighbours_by_memories_that_are_not_active_are_given_only_when_asked_for()
    {
        var m = await InsertAsync("so Ana met Bob", "then Ana met Carol");
        await Store.WriteAsync(Mine, w => w.Update(m[0] with { State = MemoryState.Merged }));

        (await NeighboursAsync("Ana", 3)).Select(static n => n.Entity.Name).ShouldBe(["Carol"]);
        (await NeighboursAsync("Ana", 3, activeOnly: false)).Select(static n => n.Entity.Name).ShouldBe(["Carol", "Bob"]);
        await Store.WriteAsync(Mine, w => w.Update(m[0]));
        (await NeighboursAsync("Ana", 3)).Select(static n => n.Entity.Name).ShouldBe(["Carol", "Bob"]);
    }

    [Fact]
    public async Task Neighbours_of_a_hub_are_bounded_and_the_newest_count()
    {
        await Store.WriteAsync(Mine, w =>
        {
            for (var i = 0; i < 300; i++)
            {
                w.Insert(Memory($"hub{i} of it") with { Tags = ["hub", $"spoke{i}"] });
            }

            w.Insert(Memory("hub and strong") with { Tags = ["hub", "spoke150"] });
            return true;
        });

        var neighbours = await NeighboursAsync("hub", 3);

        neighbours.Count(static n => n.Depth == 1).ShouldBe(EntityNeighbour.MaxEntities);
        neighbours[0].Entity.Name.ShouldBe("spoke150");
        neighbours[0].Strength.ShouldBe(2);
        neighbours.SelectMany(static n => n.Memories).Distinct().Count().ShouldBeLessThanOrEqualTo(3 * EntityNeighbour.MaxMemories);
        neighbours.ShouldNotContain(static n => n.Entity.Name == "spoke0");
    }

    [Fact]
    public async Task MostConnected_counts_what_active_memories_mention_together()
    {
        var m = await InsertAsync("so Ana met Bob and Carol", "then Ana met Dave", "alone Zoe sat", "again Zoe sat", "still Zoe sat", "gone are Xavier and Yvonne and Walter and Vera");
        await Store.WriteAsync(Mine, w => w.Update(m[^1] with { State = MemoryState.Archived }));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("so Ana met Erik", Theirs)));

        var connected = await ReadNotedAsync(Mine, static r => r.MostConnected(10));

        connected.Select(static c => $"{c.Entity.Name} {c.Memories} {c.Links}").ShouldBe(["Ana 2 3", "Bob 1 2", "Carol 1 2", "Dave 1 1", "Zoe 3 0"]);
        (await ReadNotedAsync(Mine, static r => r.MostConnected(2))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task EntitiesLike_gives_beginnings_and_shared_words_of_active_memories()
    {
        var m = await InsertAsync("we met Ana Costa", "then Anatol Weber came", "so Maria Costa", "gone is Ana Lima", "set costa_max to 5");
        await Store.WriteAsync(Mine, w => w.Update(m[3] with { State = MemoryState.Archived }));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("we met Ana Secret", Theirs)));

        (await LikeAsync("ana")).ShouldBe(["Ana Costa", "Anatol Weber"]);
        (await LikeAsync("Joana Costa")).ShouldBe(["Ana Costa", "Maria Costa"]);
        (await LikeAsync("Ana Costa Silva")).ShouldBe(["Ana Costa", "Maria Costa"]);
        (await LikeAsync("Ana Costa")).ShouldBe(["Maria Costa"]);
        (await LikeAsync("")).ShouldBeEmpty();
        (await LikeAsync("%")).ShouldBeEmpty();
        (await LikeAsync("the of")).ShouldBeEmpty();
        (await ReadNotedAsync(Mine, static r => r.EntitiesLike("ana", 1))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Entities_of_one_namespace_are_unknown_to_another()
    {
        await InsertAsync("so Ana met Bob");
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("so Ana met Carol", Theirs)));
        await Store.WriteAsync(Theirs, w => w.Insert(Memory("so Carol met Bob", Theirs)));

        (await NeighboursAsync("Ana", 3)).Select(static n => n.Entity.Name).ShouldBe(["Bob"]);
        (await FindAsync("Carol")).ShouldBeNull();
        (await MentioningAsync("Ana", 10)).ShouldBe(["so Ana met Bob"]);
        (await ReadNotedAsync(Mine, static r => r.MostConnected(10))).Select(static c => c.Entity.Name).ShouldBe(["Ana", "Bob"]);
    }

    [Fact]
    public async Task AddNewMentions_does_some_at_once_in_the_order_of_storing_and_none_of_what_was_forgotten()
    {
        var inserted = await Store.WriteAsync(Mine, w => Enumerable.Range(0, 40).Select(i => w.Insert(Memory($"it is for Ana{i}"))).ToArray());
        await Store.WriteAsync(Mine, w => { w.Erase([inserted[5].Id]); return true; });

        (await Store.AddNewMentionsAsync()).ShouldBeTrue();
        (await Store.ReadAsync(Mine, r => r.FindEntity("Ana24"))).ShouldNotBeNull();
        (await Store.ReadAsync(Mine, r => r.FindEntity("Ana25"))).ShouldBeNull();
        (await Store.AddNewMentionsAsync()).ShouldBeFalse();
        (await Store.ReadAsync(Mine, r => r.FindEntity("Ana39"))).ShouldNotBeNull();
        (await Store.ReadAsync(Mine, r => r.FindEntity("Ana5"))).ShouldBeNull();
        (await Store.AddNewMentionsAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task AddMissingMentions_of_a_new_store_has_nothing_to_do() => (await Store.AddMissingMentionsAsync()).ShouldBeFalse();

    private static string Describe(EntityNeighbour n) => $"{n.Depth} {n.Entity.Name} {n.Strength} through {n.Through.Name}";

    private async Task<MemoryRecord[]> InsertAsync(params string[] contents)
    {
        var inserted = await Store.WriteAsync(Mine, w => contents.Select(c => w.Insert(Memory(c))).ToArray());
        await NoteAsync();
        return inserted;
    }

    private async Task NoteAsync()
    {
        while (await Store.AddNewMentionsAsync())
        {
        }
    }

    private async Task<T> ReadNotedAsync<T>(Namespace ns, Func<IMemoryReader, T> read)
    {
        await NoteAsync();
        return await Store.ReadAsync(ns, read);
    }

    private Task<Entity?> FindAsync(string name) => ReadNotedAsync(Mine, r => r.FindEntity(name));

    private Task<string[]> LikeAsync(string name) => ReadNotedAsync(Mine, r => r.EntitiesLike(name, 10).Select(static e => e.Name).ToArray());

    private Task<string[]> MentioningAsync(string name, int limit, bool activeOnly = false) => ReadNotedAsync(
        Mine, r => r.MemoriesMentioning(r.FindEntity(name)!.Value, limit, activeOnly).Select(static m => m.Content).ToArray());

    private Task<IReadOnlyList<EntityNeighbour>> NeighboursAsync(string name, int depth, bool activeOnly = true) => ReadNotedAsync(
        Mine, r => r.Neighbours(r.FindEntity(name)!.Value, depth, activeOnly));
}
