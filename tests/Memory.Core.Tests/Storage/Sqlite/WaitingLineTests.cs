using Memory.Core.Storage.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class WaitingLineTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly WaitingLine _first;
    private readonly WaitingLine _second;

    public WaitingLineTests()
    {
        // As two processes on one file have it.
        var path = $"/nowhere/{Guid.NewGuid():N}.db";
        (_first, _second) = (new WaitingLine(path), new WaitingLine(path));
        _first.Open().ShouldBeTrue();
        _second.Open().ShouldBeTrue();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void TryEnter_lets_the_next_in_once_the_first_has_left()
    {
        _first.TryEnter(TimeSpan.Zero).ShouldBeTrue();
        OnAnotherThread(() => _second.TryEnter(TimeSpan.Zero)).ShouldBeFalse();

        _first.Leave();

        OnAnotherThread(() => Entered(_second, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Fact]
    public void TryEnter_of_whoever_is_in_is_one_entry_however_often()
    {
        _first.TryEnter(TimeSpan.Zero).ShouldBeTrue();
        _first.TryEnter(TimeSpan.Zero).ShouldBeTrue();

        _first.Leave();

        OnAnotherThread(() => Entered(_second, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Fact]
    public void TryEnter_after_whoever_was_in_has_died_enters()
    {
        OnAnotherThread(() => _first.TryEnter(TimeSpan.Zero)).ShouldBeTrue();

        OnAnotherThread(() => Entered(_second, Long)).ShouldBeTrue();
    }

    [Fact]
    public void Another_file_has_another_line()
    {
        using var other = new WaitingLine($"/nowhere/{Guid.NewGuid():N}.db");
        other.Open();
        _first.TryEnter(TimeSpan.Zero).ShouldBeTrue();

        OnAnotherThread(() => Entered(other, TimeSpan.Zero)).ShouldBeTrue();
        _first.Leave();
    }

    private static bool Entered(WaitingLine line, TimeSpan patience)
    {
        var entered = line.TryEnter(patience);
        line.Leave();
        return entered;
    }

    // A turn belongs to a thread; one that ends with it leaves it as a killed process does.
    private static T OnAnotherThread<T>(Func<T> work)
    {
        var result = default(T)!;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
