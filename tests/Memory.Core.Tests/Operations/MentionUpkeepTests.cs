using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Operations;

public sealed class MentionUpkeepTests
{
    private static readonly Namespace Ns = Namespace.Default;

    [Fact]
    public async Task Run_notes_what_is_stored_a_second_later_all_together()
    {
        await using var f = new ServiceFixture();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = f.Memories.KeepMentionsAsync(stop.Token);

        await f.StoreAsync("the harbor belongs to Ana");
        await f.StoreAsync("the lighthouse belongs to Bob");
        (await KnowsAsync(f, "Ana")).ShouldBeFalse();
        while (!await KnowsAsync(f, "Bob"))
        {
            f.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await KnowsAsync(f, "Ana")).ShouldBeTrue();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_finds_within_a_minute_what_it_was_not_told_of()
    {
        await using var f = new ServiceFixture();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var upkeep = new MentionUpkeep(f.Store, f.Time);
        var running = upkeep.RunAsync(stop.Token);

        await f.StoreAsync("the harbor belongs to Ana");
        var began = f.Time.GetUtcNow();
        while (!await KnowsAsync(f, "Ana"))
        {
            f.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (f.Time.GetUtcNow() - began).ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Graph_knows_what_was_stored_a_moment_ago()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the harbor belongs to Ana");

        var graph = await f.Memories.GraphAsync(Ns, new GraphRequest { Entity = "Ana" });

        graph.Value!.Entity!.Value.Name.ShouldBe("Ana");
    }

    [Fact]
    public async Task Dispose_notes_what_was_stored_last()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the harbor belongs to Ana");

        await f.Memories.DisposeAsync();

        (await KnowsAsync(f, "Ana")).ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_notes_what_was_stored_after_the_upkeep_had_begun_to_gather()
    {
        await using var f = new ServiceFixture();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var upkeep = new MentionUpkeep(f.Store, f.Time);
        var running = upkeep.RunAsync(stop.Token);
        await f.StoreAsync("the harbor belongs to Ana");
        upkeep.Stored();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        await upkeep.DisposeAsync();

        (await KnowsAsync(f, "Ana")).ShouldBeTrue();
    }

    private static Task<bool> KnowsAsync(ServiceFixture f, string name) => f.Store.ReadAsync(Ns, r => r.FindEntity(name) is not null);
}
