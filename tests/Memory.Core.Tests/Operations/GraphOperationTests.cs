using Memory.Core.Entities;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Operations;

public sealed class GraphOperationTests
{
    [Fact]
    public async Task Graph_of_an_entity_gives_its_neighbours_and_the_statements_that_link_them()
    {
        await using var f = new ServiceFixture();
        var first = (await f.StoreAsync("so Ana met Bob")).Memory.Id;
        var second = (await f.StoreAsync("then Bob went with Carol")).Memory.Id;
        await f.StoreAsync("nobody knows Zoe");

        var graph = await ShowAsync(f, new GraphRequest { Entity = "ANA", Depth = 2 });

        graph.Entity!.Value.Name.ShouldBe("Ana");
        graph.MentionedBy.ShouldBe([first]);
        graph.Neighbours.Select(static n => (n.Entity.Name, n.Depth, n.Through.Name, n.Strength)).ShouldBe([("Bob", 1, "Ana", 1), ("Carol", 2, "Bob", 1)]);
        graph.Neighbours[1].Memories.ShouldBe([second]);
        graph.Statements.Select(static s => (s.Id, s.Content)).ShouldBe([(first, "so Ana met Bob"), (second, "then Bob went with Carol")]);
        graph.Omitted.ShouldBe(0);
        graph.MostConnected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Graph_is_cut_at_the_limit_says_how_much_and_shows_three_memories_a_neighbour()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 5; i++)
        {
            await f.StoreAsync($"round {i}: so Ana met Bob");
        }

        await f.StoreAsync("once Ana met Carol");
        await f.StoreAsync("once Ana met Dave");

        var graph = await ShowAsync(f, new GraphRequest { Entity = "Ana", Limit = 1 });

        var bob = graph.Neighbours.ShouldHaveSingleItem();
        (bob.Entity.Name, bob.Strength, bob.Memories.Count).ShouldBe(("Bob", 5, 3));
        graph.Omitted.ShouldBe(2);
        graph.Statements.Select(static s => s.Content).ShouldBe(
            ["round 2: so Ana met Bob", "round 3: so Ana met Bob", "round 4: so Ana met Bob", "once Ana met Carol", "once Ana met Dave"]);
    }

    [Fact]
    public async Task Graph_without_an_entity_gives_the_most_connected()
    {
        await using var f = new ServiceFixture();
        (await ShowAsync(f, new GraphRequest())).MostConnected.ShouldBeEmpty();
        await f.StoreAsync("so Ana met Bob");
        await f.StoreAsync("then Ana met Carol");

        foreach (var entity in new[] { "", "  " })
        {
            var graph = await ShowAsync(f, new GraphRequest { Entity = entity, Limit = 1 });

            graph.Entity.ShouldBeNull();
            graph.MostConnected.ShouldBe([new(new Entity(EntityKind.Name, "Ana", "ana"), 2, 2)]);
            graph.Neighbours.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Graph_of_an_unknown_entity_names_close_ones()
    {
        await using var f = new ServiceFixture();
        (await f.Memories.GraphAsync(ServiceFixture.Ns, new GraphRequest { Entity = "Joana Costa" })).Problem
            .ShouldBe(new Problem(ProblemCode.NotFound, "No memory in namespace 'default' mentions 'Joana Costa'. Leave entity out for the most connected ones."));
        await f.StoreAsync("we met Ana Costa");

        (await f.Memories.GraphAsync(ServiceFixture.Ns, new GraphRequest { Entity = "Joana Costa" })).Problem!.Message
            .ShouldBe("No memory in namespace 'default' mentions 'Joana Costa'. Close to it: 'Ana Costa'.");
    }

    [Fact]
    public async Task Graph_follows_the_state_of_memories_and_forgets_with_them()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("so Ana met Bob")).Memory.Id;
        var current = (await f.Memories.UpdateAsync(ServiceFixture.Ns, old, new MemoryChange { Content = "so Ana met Carol" })).Value!.Memory.Id;

        (await ShowAsync(f, new GraphRequest { Entity = "Ana" })).Neighbours.Select(static n => n.Entity.Name).ShouldBe(["Carol"]);
        var replaced = await ShowAsync(f, new GraphRequest { Entity = "Bob" });
        replaced.Entity!.Value.Name.ShouldBe("Bob");
        replaced.MentionedBy.ShouldBeEmpty();
        replaced.Neighbours.ShouldBeEmpty();

        await f.Memories.ForgetAsync(ServiceFixture.Ns, [current]);

        foreach (var name in new[] { "Ana", "Bob", "Carol" })
        {
            (await f.Memories.GraphAsync(ServiceFixture.Ns, new GraphRequest { Entity = name })).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        }
    }

    [Fact]
    public async Task Graph_after_consolidation_and_its_undo_is_as_it_was()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("so Ana met Bob", tags: ["x"]);
        await f.StoreAsync("So Ana, met Bob", tags: ["y"]);
        var before = await NamesAsync();

        var run = (await f.ConsolidateAsync()).Run!.Value;
        (await NamesAsync()).ShouldNotBe(before);
        (await f.Consolidator.UndoAsync(ServiceFixture.Ns, run)).Value!.Refused.ShouldBeEmpty();

        (await NamesAsync()).ShouldBe(before);

        async Task<string[]> NamesAsync() => [.. (await ShowAsync(f, new GraphRequest { Entity = "x" })).Neighbours.Select(static n => $"{n.Entity.Name} {n.Strength}").Order()];
    }

    [Fact]
    public async Task Graph_of_bad_values_says_what_is_allowed()
    {
        await using var f = new ServiceFixture();

        foreach (var (request, message) in new (GraphRequest, string)[]
        {
            (new() { Depth = 0 }, "depth is 0; 1 to 3 is allowed."),
            (new() { Depth = 4 }, "depth is 4; 1 to 3 is allowed."),
            (new() { Limit = 0 }, "limit is 0; 1 to 50 is allowed."),
            (new() { Limit = 51 }, "limit is 51; 1 to 50 is allowed."),
            (new() { Entity = new string('x', 201) }, "entity has 201 characters; up to 200 are allowed."),
            (new() { Entity = "a\ud800" }, "entity has half a surrogate pair (U+D800) at position 1; only whole Unicode characters are allowed."),
            (new() { Entity = "a\nb" }, "entity has the control character U+000A at position 1; control characters are not allowed."),
        })
        {
            (await f.Memories.GraphAsync(ServiceFixture.Ns, request)).Problem.ShouldBe(new Problem(ProblemCode.Invalid, message));
        }
    }

    private static async Task<EntityGraph> ShowAsync(ServiceFixture f, GraphRequest request)
    {
        var outcome = await f.Memories.GraphAsync(ServiceFixture.Ns, request);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }
}
