using Memory.Core.Memories;

namespace Memory.Server.Tests.Scheduling;

public sealed class NightlyJobTests
{
    [Fact]
    public async Task Run_consolidates_and_notes_the_night()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three);

        await night.Job.RunAsync(Night.Three, CancellationToken.None);

        var run = (await night.RunsAsync()).ShouldHaveSingleItem();
        run.Cause.ShouldBe(RunCause.Schedule);
        run.State.ShouldBe(RunState.Completed);
        run.Scope.ShouldBe(RunScope.Incremental);
        run.Counts.Merged.ShouldBe(1);
        (await night.Store.LastNightAsync()).ShouldBe(Night.Three);
        night.Failures.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_of_a_night_that_is_done_does_nothing()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three);
        await night.Store.SetLastNightAsync(Night.Three);

        await night.Job.RunAsync(Night.Three, CancellationToken.None);

        (await night.RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_although_a_clock_that_was_ahead_noted_a_night_to_come()
    {
        await using var night = await Night.PrepareAsync();
        await night.Store.SetLastNightAsync(Night.Three.AddDays(400));
        night.Time.SetUtcNow(Night.Three);

        await night.Job.RunAsync(Night.Three, CancellationToken.None);

        (await night.RunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Completed);
        (await night.Store.LastNightAsync()).ShouldBe(Night.Three);
    }

    [Fact]
    public async Task Run_by_two_processes_at_once_consolidates_once()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three);
        var (store, job) = night.Another();
        await using (store)
        {
            Task[] jobs = [night.Job.RunAsync(Night.Three, CancellationToken.None), job.RunAsync(Night.Three, CancellationToken.None)];
            var both = Task.WhenAll(jobs);

            // Whoever was refused waits for its next attempt, which comes when the other is done.
            await Task.WhenAny(jobs);
            while (await Task.WhenAny(both, night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30))) != both)
            {
                night.Time.Advance(TimeSpan.FromSeconds(30));
            }

            await both;
        }

        (await night.RunsAsync()).ShouldHaveSingleItem().Counts.Merged.ShouldBe(1);
    }

    [Fact]
    public async Task Run_waits_its_turn_while_another_consolidation_is_at_work()
    {
        await using var night = await Night.PrepareAsync();
        night.Time.SetUtcNow(Night.Three);
        await night.Store.AcquireLeaseAsync("consolidation", "another-machine/1/1", TimeSpan.FromSeconds(50));

        var run = night.Job.RunAsync(Night.Three, CancellationToken.None);
        await night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30));
        (await night.RunsAsync()).ShouldBeEmpty();
        await night.Store.ReleaseLeaseAsync("consolidation", "another-machine/1/1");
        night.Time.Advance(TimeSpan.FromSeconds(30));
        await run.WaitAsync(ServerProcess.Patience);

        (await night.RunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Completed);
        night.Failures.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_gives_up_after_half_an_hour_of_waiting_and_says_so()
    {
        await using var night = await Night.PrepareAsync();
        var run = RunWhileBusyAsync(night, CancellationToken.None);

        for (var minute = 0; minute < 30; minute++)
        {
            for (var half = 0; half < 2; half++)
            {
                await night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30));
                await night.Store.AcquireLeaseAsync("consolidation", "another-machine/1/1", TimeSpan.FromSeconds(55));
                night.Time.Advance(TimeSpan.FromSeconds(30));
            }
        }

        await run.WaitAsync(ServerProcess.Patience);
        night.Failures.Lines.ShouldHaveSingleItem().ShouldBe("Warning: The night's consolidation was not done: another consolidation never ended");
        (await night.RunsAsync()).ShouldBeEmpty();
        (await night.Store.LastNightAsync()).ShouldBe(Night.Noon);
    }

    [Fact]
    public async Task Run_that_is_cancelled_ends_quietly_and_the_night_counts_as_missed()
    {
        await using var night = await Night.PrepareAsync();
        using var stopping = new CancellationTokenSource();
        var run = RunWhileBusyAsync(night, stopping.Token);
        await night.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(30));

        await stopping.CancelAsync();
        await run.WaitAsync(ServerProcess.Patience);

        (await night.Store.LastNightAsync()).ShouldBe(Night.Noon);
        night.Failures.Lines.ShouldBeEmpty();
    }

    private static async Task RunWhileBusyAsync(Night night, CancellationToken cancellationToken)
    {
        await night.Store.AcquireLeaseAsync("consolidation", "another-machine/1/1", TimeSpan.FromSeconds(55), cancellationToken);
        await night.Job.RunAsync(Night.Three, cancellationToken);
    }
}
