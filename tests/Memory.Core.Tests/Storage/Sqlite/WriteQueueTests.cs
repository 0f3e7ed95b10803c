using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class WriteQueueTests
{
    private static readonly Namespace Ns = Namespace.Default;

    [Fact]
    public async Task Write_while_another_process_writes_leaves_the_callers_thread_free_and_is_done_after()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var other = AnotherThatWrites(f);

        var write = f.Store.WriteAsync(Ns, static w => w.LastSequence());
        write.IsCompleted.ShouldBeFalse();
        Run(other, "COMMIT");

        (await write.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBePositive();
    }

    [Fact]
    public async Task Write_that_is_cancelled_while_another_process_writes_waits_no_longer_and_the_next_works()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var other = AnotherThatWrites(f);
        using var cancellation = new CancellationTokenSource();

        var write = f.Store.WriteAsync(Ns, static w => w.LastSequence(), cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => write.WaitAsync(TimeSpan.FromSeconds(20)));
        Run(other, "COMMIT");
        (await f.Store.WriteAsync(Ns, static w => w.LastSequence())).ShouldBePositive();
    }

    [Fact]
    public async Task DisposeAsync_while_another_process_goes_on_writing_gives_up_what_waits_and_says_so()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var other = AnotherThatWrites(f);

        var write = f.Store.WriteAsync(Ns, static w => w.LastSequence());
        await f.Store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<MemoryStoreException>(write)).Problem.Message.ShouldContain("another process was writing");
    }

    [Fact]
    public async Task Write_behind_one_that_stands_in_the_line_and_never_writes_is_done_all_the_same()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var line = new WaitingLine(f.Database);
        line.Open();
        using var stands = new ManualResetEventSlim();
        using var written = new ManualResetEventSlim();
        var first = new Thread(() =>
        {
            line.TryEnter(TimeSpan.Zero);
            stands.Set();
            written.Wait();
            line.Leave();
        });
        first.Start();
        stands.Wait();
        using var other = AnotherThatWrites(f);

        var write = f.Store.WriteAsync(Ns, static w => w.LastSequence());
        Run(other, "COMMIT");

        (await write.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBePositive();
        written.Set();
        first.Join();
    }

    [Fact]
    public async Task TryRead_reads_unless_somebody_writes()
    {
        using var folder = new TemporaryFolder();
        await using var queue = Open(folder);
        using var begun = new SemaphoreSlim(0);
        using var ends = new SemaphoreSlim(0);

        (await TryReadAsync(queue)).ShouldBe((true, 7));
        var write = Task.Run(() => queue.EnqueueAsync(
            _ =>
            {
                begun.Release();
                ends.Wait();
                return 0;
            },
            CancellationToken.None));
        await begun.WaitAsync();
        (await TryReadAsync(queue)).ShouldBe((false, 0));
        ends.Release();
        await write;
        (await TryReadAsync(queue)).ShouldBe((true, 7));
    }

    [Fact]
    public async Task TryRead_once_another_process_has_written_leaves_the_reading_to_readers()
    {
        using var folder = new TemporaryFolder();
        await using var queue = Open(folder);
        using var other = new DatabaseFile(folder.File("memory.db")).OpenWriter();
        other.Control("BEGIN IMMEDIATE");

        var write = Task.Run(() => queue.EnqueueAsync(static _ => 0, CancellationToken.None));
        (await Task.Run(() => SpinWait.SpinUntil(() => queue.KnowsOthers, TimeSpan.FromSeconds(20)))).ShouldBeTrue();
        other.Control("COMMIT");
        await write.WaitAsync(TimeSpan.FromSeconds(20));

        (await TryReadAsync(queue)).ShouldBe((false, 0));
    }

    [Fact]
    public async Task TryRead_that_fails_leaves_the_writer_free_and_outside_any_transaction()
    {
        using var folder = new TemporaryFolder();
        await using var queue = Open(folder);

        await Should.ThrowAsync<InvalidTimeZoneException>(Task.Run(() => queue.TryRead<int>(static _ => throw new InvalidTimeZoneException(), out _)));
        (await Should.ThrowAsync<MemoryStoreException>(Task.Run(() => queue.TryRead(static s => s.Scalar("SELECT missing"), out _)))).Message.ShouldContain("missing");

        (await Task.Run(() => queue.EnqueueAsync(static s => s.InTransaction ? 1 : 0, CancellationToken.None))).ShouldBe(1);
        (await TryReadAsync(queue)).ShouldBe((true, 7));
    }

    private static WriteQueue Open(TemporaryFolder folder)
    {
        var file = new DatabaseFile(folder.File("memory.db"));
        file.Create();
        var session = file.OpenWriter();
        session.Execute("PRAGMA journal_mode = WAL");
        return new WriteQueue(file, session);
    }

    private static Task<(bool IsRead, long Found)> TryReadAsync(WriteQueue queue) => Task.Run(() => TryRead(queue));

    private static (bool IsRead, long Found) TryRead(WriteQueue queue) => (queue.TryRead(static s => s.Scalar("SELECT 7"), out var found), found);

    [Fact]
    public async Task Write_that_fails_leaves_nothing_and_the_next_works()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Harbor is up")).Memory.Id;

        await Should.ThrowAsync<InvalidTimeZoneException>(() => f.Store.WriteAsync<int>(Ns, writer =>
        {
            writer.Erase(id);
            throw new InvalidTimeZoneException();
        }));

        (await f.Store.ReadAsync(Ns, r => r.Find(id)))!.Content.ShouldBe("Harbor is up");
        (await f.Store.WriteAsync(Ns, static w => w.LastSequence())).ShouldBePositive();
    }

    private static SqliteConnection AnotherThatWrites(ServiceFixture f)
    {
        var other = new SqliteConnection($"Data Source={f.Database};Pooling=False");
        other.Open();
        Run(other, "BEGIN IMMEDIATE");
        return other;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
