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
    public async Task Write_that_is_cancelled_behind_one_that_waits_for_another_process_waits_no_longer_and_never_runs()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor is up");
        using var other = AnotherThatWrites(f);
        using var cancellation = new CancellationTokenSource();
        var first = f.Store.WriteAsync(Ns, static w => w.LastSequence());
        var ran = false;
        var write = f.Store.WriteAsync(Ns, _ => ran = true, cancellation.Token);
        var last = f.Store.WriteAsync(Ns, static w => w.LastSequence());

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => write.WaitAsync(TimeSpan.FromSeconds(5)));
        first.IsCompleted.ShouldBeFalse();
        Run(other, "COMMIT");
        (await first).ShouldBePositive();
        (await last).ShouldBePositive();
        ran.ShouldBeFalse();
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
        await MeetAsync(queue, other);

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

    [Fact]
    public async Task Write_among_processes_is_flushed_after_the_next_process_may_write_and_before_it_is_answered()
    {
        using var folder = new TemporaryFolder();
        SqliteSession? other = null;
        Task<int>? write = null;
        var seen = new List<string>();
        await using var queue = Open(folder, () =>
        {
            if (write is not null)
            {
                other!.Control("BEGIN IMMEDIATE");
                other.Control("COMMIT");
                seen.Add(write.IsCompleted ? "after the answer" : "before the answer");
            }

            return 0;
        });
        using var opened = other = new DatabaseFile(folder.File("memory.db")).OpenWriter();
        await MeetAsync(queue, other);

        await queue.EnqueueAsync(static s => s.Execute("CREATE TABLE harbor (boat TEXT)"), CancellationToken.None);
        var asked = new TaskCompletionSource();
        write = queue.EnqueueAsync(
            s =>
            {
                asked.Task.Wait();
                return s.Execute("INSERT INTO harbor VALUES ('Mara')");
            },
            CancellationToken.None,
            isLong: true);
        asked.SetResult();

        (await write.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(1);
        seen.ShouldBe(["before the answer"]);
    }

    [Fact]
    public async Task Write_that_cannot_be_flushed_says_so_and_no_other_is_written_behind_it()
    {
        using var folder = new TemporaryFolder();
        var code = 0;
        await using var queue = Open(folder, () => code);
        using var other = new DatabaseFile(folder.File("memory.db")).OpenWriter();
        await MeetAsync(queue, other);
        await queue.EnqueueAsync(static s => s.Execute("CREATE TABLE harbor (boat TEXT)"), CancellationToken.None);

        code = SQLitePCL.raw.SQLITE_IOERR;
        var written = await Should.ThrowAsync<MemoryStoreException>(queue.EnqueueAsync(static s => s.Execute("INSERT INTO harbor VALUES ('Mara')"), CancellationToken.None));
        code = 0;
        var next = await Should.ThrowAsync<MemoryStoreException>(queue.EnqueueAsync(static s => s.Execute("INSERT INTO harbor VALUES ('Omar')"), CancellationToken.None));

        written.Message.ShouldContain("can be lost if the machine loses power");
        next.Message.ShouldContain("Nothing was stored");
        other.Scalar("SELECT count(*) FROM harbor").ShouldBe(1);
    }

    // Whoever once found another one writing leaves the flush to itself.
    private static async Task MeetAsync(WriteQueue queue, SqliteSession other)
    {
        other.Control("BEGIN IMMEDIATE");
        var write = Task.Run(() => queue.EnqueueAsync(static _ => 0, CancellationToken.None));
        (await Task.Run(() => SpinWait.SpinUntil(() => queue.KnowsOthers, TimeSpan.FromSeconds(20)))).ShouldBeTrue();
        other.Control("COMMIT");
        await write.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static WriteQueue Open(TemporaryFolder folder, Func<int>? flush = null)
    {
        var file = new DatabaseFile(folder.File("memory.db"));
        file.Create();
        var session = file.OpenWriter();
        session.Execute("PRAGMA journal_mode = WAL");
        return new WriteQueue(file, session, new LogFlush(session, file.Path) { Flush = flush });
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
            writer.Erase([id]);
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
