using Memory.Core.Memories;
using Memory.Server.Scheduling;

namespace Memory.Server.Tests.Scheduling;

public sealed class NightlyServiceTests
{
    [Fact]
    public async Task Start_catches_up_a_missed_night_after_the_delay_and_not_before()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three.AddHours(6));
        using var service = night.Serve();

        await service.StartAsync(CancellationToken.None);
        await night.Time.SomebodyWaitsAsync(Night.Delay);
        night.Time.Advance(Night.Delay - TimeSpan.FromMilliseconds(1));
        night.Runs.Lines.ShouldBeEmpty();
        night.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await night.Runs.NextAsync()).ShouldContain("Completed");
        night.Service.Lines.ShouldHaveSingleItem().ShouldStartWith("Information: Catching up the consolidation that was due at 2026-11-25T03:00:00");
        (await night.RunsAsync()).ShouldHaveSingleItem().Cause.ShouldBe(RunCause.Schedule);
        await StopAsync(service);
    }

    [Fact]
    public async Task Start_runs_at_the_due_time_of_the_next_night()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three.AddDays(1).AddMinutes(-2));
        using var service = night.Serve();
        await service.StartAsync(CancellationToken.None);
        await night.Time.SomebodyWaitsAsync(Night.Delay);
        night.Time.Advance(Night.Delay);
        await night.Runs.NextAsync();

        // The scheduler looks at the clock at least every 30 seconds: turn it by as much as somebody waits for, until a little after three.
        var due = Night.Three.AddDays(1);
        while (night.Time.GetUtcNow() < due + TimeSpan.FromMinutes(2))
        {
            night.Time.Advance(await night.Time.NextWaitAsync());
        }

        // The catching up may not quite have ended yet; then the job waits half a minute for its turn.
        var ended = night.Runs.NextAsync();
        while (await Task.WhenAny(ended, night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30))) != ended)
        {
            night.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var runs = await night.RunsAsync();
        runs.Count.ShouldBe(2);
        runs[0].Cause.ShouldBe(RunCause.Schedule);
        runs[0].StartedAt.ShouldBeInRange(due, due + TimeSpan.FromMinutes(5));
        night.Service.Lines.Count.ShouldBe(1);
        await StopAsync(service);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0 0 3 * * ? 2020")]
    public async Task Start_of_a_schedule_that_is_off_or_past_never_runs(string? cron)
    {
        await using var night = await Night.PrepareAsync();
        await night.Store.SetLastNightAsync(DateTimeOffset.UnixEpoch);
        using var service = night.Serve(cron);

        await service.StartAsync(CancellationToken.None);

        // It is over at once: nothing waits that could wake up later.
        await service.ExecuteTask!.WaitAsync(ServerProcess.Patience);
        (await night.RunsAsync()).ShouldBeEmpty();
        await StopAsync(service);
    }

    [Fact]
    public async Task Stop_during_the_delay_ends_it_and_nothing_runs()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three.AddHours(6));
        using var service = night.Serve();
        await service.StartAsync(CancellationToken.None);
        await night.Time.SomebodyWaitsAsync(Night.Delay);

        await StopAsync(service);

        service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        (await night.RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_while_another_consolidates_does_not_wait_for_it()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three.AddHours(6));
        await night.Store.AcquireLeaseAsync("consolidation", "another-machine/1/1", TimeSpan.FromSeconds(55));
        using var service = night.Serve();
        await service.StartAsync(CancellationToken.None);
        await night.Time.SomebodyWaitsAsync(Night.Delay);
        night.Time.Advance(Night.Delay);
        await night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30));

        await StopAsync(service);

        service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        night.Failures.Lines.ShouldBeEmpty();
    }

    private static Task StopAsync(NightlyService service) => service.StopAsync(CancellationToken.None).WaitAsync(ServerProcess.Patience);
}
