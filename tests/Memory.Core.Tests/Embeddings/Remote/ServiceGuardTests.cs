using Memory.Core.Embeddings;
using static Memory.Core.Tests.Embeddings.Remote.OpenAiEmbedderTests;
using static Memory.Tests.LoopbackServer;

namespace Memory.Core.Tests.Embeddings.Remote;

/// <summary>Repetition, limits and the circuit, through the embedder, on a clock turned by hand.</summary>
public sealed class ServiceGuardTests
{
    private static readonly TimeSpan[] Limits = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25)];

    private readonly TimersSeen _time = new();

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_failure_that_passes_is_repeated_after_growing_pauses(int status)
    {
        var left = 2;
        await using var server = new LoopbackServer(r => left-- > 0 ? Reply.Text(status, "") : Answer(r));
        using var embedder = Create(server, time: _time);

        var call = embedder.GenerateAsync(["a"]);
        var first = await TurnAsync();
        var second = await TurnAsync();

        (await call).Count.ShouldBe(1);
        server.Requests.Count.ShouldBe(3);
        first.ShouldBeInRange(TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(1.5));
        second.ShouldBeGreaterThan(first);
        embedder.Availability.ShouldBe(EmbeddingAvailability.Available);
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        var left = 1;
        await using var server = new LoopbackServer(r => left-- > 0 ? Reply.Text(429, "") with { Headers = [("Retry-After", "7")] } : Answer(r));
        using var embedder = Create(server, time: _time);

        var call = embedder.GenerateAsync(["a"]);

        (await TurnAsync()).ShouldBe(TimeSpan.FromSeconds(7));
        (await call).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_Retry_After_longer_than_anybody_waits_fails_at_once_and_nobody_calls_until_then()
    {
        await using var server = new LoopbackServer(static _ => Reply.Text(429, "") with { Headers = [("Retry-After", "120")] });
        using var embedder = Create(server, time: _time);

        await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["a"]));
        await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["a"]));

        server.Requests.Count.ShouldBe(1);
        embedder.Availability.IsAvailable.ShouldBeFalse();
        embedder.Availability.Until.ShouldBe(_time.GetUtcNow() + TimeSpan.FromSeconds(120));
        _time.Advance(TimeSpan.FromSeconds(121));
        embedder.Availability.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public async Task Failures_open_the_circuit_for_a_while_and_one_success_closes_it()
    {
        var down = true;
        await using var server = new LoopbackServer(r => down ? Reply.Text(500, "") : Answer(r));
        using var embedder = Create(server, time: _time);

        await FailAsync(embedder, pauses: 2);
        embedder.Availability.IsAvailable.ShouldBeTrue();
        await FailAsync(embedder, pauses: 1);

        server.Requests.Count.ShouldBe(5);
        var outage = embedder.GetService(typeof(EmbeddingAvailability)).ShouldBeOfType<EmbeddingAvailability>();
        outage.IsAvailable.ShouldBeFalse();
        outage.Reason!.ShouldContain("500");
        outage.Until.ShouldNotBeNull().ShouldBe(_time.GetUtcNow() + TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2));
        var atOnce = await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["a"]));
        atOnce.Message.ShouldContain("tried again at");
        server.Requests.Count.ShouldBe(5);

        down = false;
        _time.Advance(TimeSpan.FromSeconds(31));
        (await embedder.GenerateAsync(["a"])).Count.ShouldBe(1);
        embedder.Availability.ShouldBe(EmbeddingAvailability.Available);
        server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_ends_at_the_limit()
    {
        var asked = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(async _ =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite);
            return Reply.None;
        });
        using var embedder = Create(server, time: _time);

        var call = embedder.GenerateAsync(["a"]);
        await asked.WaitAsync(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(10));
        await TurnAsync();
        await asked.WaitAsync(TimeSpan.FromSeconds(60));
        // The limit of all attempts comes before that of the second.
        _time.Advance(TimeSpan.FromSeconds(15));

        (await Should.ThrowAsync<EmbeddingException>(() => call)).Message.ShouldContain("gave no answer");
        server.Requests.Count.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Texts_that_are_refused_do_not_open_the_circuit()
    {
        await using var server = new LoopbackServer(static _ => Reply.Text(400, ""));
        using var embedder = Create(server, time: _time);

        for (var i = 0; i < 10; i++)
        {
            await Should.ThrowAsync<EmbeddingException>(() => embedder.GenerateAsync(["a"]));
        }

        server.Requests.Count.ShouldBe(10);
        embedder.Availability.IsAvailable.ShouldBeTrue();
    }

    private async Task FailAsync(Memory.Core.Embeddings.Remote.OpenAiEmbedder embedder, int pauses)
    {
        var call = embedder.GenerateAsync(["a"]);
        for (var i = 0; i < pauses; i++)
        {
            await TurnAsync();
        }

        await Should.ThrowAsync<EmbeddingException>(() => call);
    }

    // Waits until the embedder pauses, then lets the pause pass.
    private async Task<TimeSpan> TurnAsync()
    {
        var pause = await _time.PauseAsync(Limits);
        _time.Advance(pause);
        return pause;
    }
}
