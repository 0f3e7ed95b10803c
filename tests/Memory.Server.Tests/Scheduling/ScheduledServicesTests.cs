using Memory.Server.Scheduling;
using Microsoft.Extensions.Hosting;

namespace Memory.Server.Tests.Scheduling;

public sealed class ScheduledServicesTests
{
    [Fact]
    public async Task StartAsync_of_one_that_fails_tells_of_it_once_and_keeps_the_others()
    {
        var log = new KeptLog<ScheduledServices>();
        using var failing = new Service(static _ => throw new InvalidDataException("torn page"));
        using var lasting = new Service(static token => Task.Delay(Timeout.Infinite, token));
        var services = new ScheduledServices([failing, lasting], log);

        await services.StartAsync(CancellationToken.None);
        await Should.ThrowAsync<InvalidDataException>(failing.ExecuteTask.ShouldNotBeNull());

        lasting.ExecuteTask.ShouldNotBeNull().IsCompleted.ShouldBeFalse();
        await services.StopAsync(CancellationToken.None);
        lasting.ExecuteTask.IsCompleted.ShouldBeTrue();
        (await log.NextAsync()).ShouldBe("Error: Service failed; nothing of it runs by the clock until the next start");
        log.Lines.Count.ShouldBe(1);
    }

    private sealed class Service(Func<CancellationToken, Task> work) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            await work(stoppingToken);
        }
    }
}
