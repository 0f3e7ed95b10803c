using Memory.Server.Stdio;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tests.Stdio;

public sealed class InFlightRequestsTests
{
    private readonly InFlightRequests _requests = new();

    [Fact]
    public void TryAdd_of_an_id_in_use_is_refused_until_it_is_removed()
    {
        _requests.TryAdd(new RequestId(1)).ShouldBeTrue();
        _requests.TryAdd(new RequestId(1)).ShouldBeFalse();

        _requests.Remove(new RequestId(1));

        _requests.TryAdd(new RequestId(1)).ShouldBeTrue();
    }

    [Fact]
    public void TryAdd_tells_a_number_from_the_same_digits_as_a_string()
    {
        _requests.TryAdd(new RequestId(1)).ShouldBeTrue();
        _requests.TryAdd(new RequestId("1")).ShouldBeTrue();

        _requests.Remove(new RequestId("1"));

        _requests.TryAdd(new RequestId(1)).ShouldBeFalse();
    }

    [Fact]
    public void WhenDrainedAsync_without_requests_is_complete() => _requests.WhenDrainedAsync().IsCompletedSuccessfully.ShouldBeTrue();

    [Fact]
    public void WhenDrainedAsync_completes_with_the_last_answer_only()
    {
        _requests.TryAdd(new RequestId(1));
        _requests.TryAdd(new RequestId(2));
        var drained = _requests.WhenDrainedAsync();

        _requests.Remove(new RequestId(1));
        _requests.Remove(new RequestId(1));
        _requests.Remove(new RequestId(3));
        drained.IsCompleted.ShouldBeFalse();

        _requests.Remove(new RequestId(2));
        drained.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void WhenDrainedAsync_does_not_wait_for_what_lasts()
    {
        _requests.TryAdd(new RequestId(1));
        _requests.TryAdd(new RequestId(2), lasts: true).ShouldBeTrue();
        _requests.TryAdd(new RequestId(2), lasts: true).ShouldBeFalse();
        var drained = _requests.WhenDrainedAsync();

        drained.IsCompleted.ShouldBeFalse();
        _requests.Remove(new RequestId(1));
        drained.IsCompletedSuccessfully.ShouldBeTrue();
        _requests.AnyLasting.ShouldBeTrue();
        _requests.Remove(new RequestId(2)).ShouldBeTrue();
        _requests.AnyLasting.ShouldBeFalse();
    }
}
