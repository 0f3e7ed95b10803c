using System.Runtime.InteropServices;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed partial class LogFlushTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteSession _session;
    private readonly string _path;

    public LogFlushTests()
    {
        _path = _folder.File("memory.db");
        var file = new DatabaseFile(_path);
        file.Create();
        _session = file.OpenWriter();
        _session.Execute("PRAGMA journal_mode = WAL");
        _session.Execute("CREATE TABLE harbor (boat TEXT)");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Commit_before_Defer_is_on_the_disk_by_itself()
    {
        var flush = new LogFlush(_session, _path);

        Store();

        _session.Scalar("PRAGMA synchronous").ShouldBe(2, "FULL");
        DirtyPages().ShouldBe(0);
        flush.Run().ShouldBeNull();
    }

    [Fact]
    public void Commit_after_Defer_is_on_the_disk_after_Run()
    {
        var flush = new LogFlush(_session, _path);

        flush.Defer();
        Store();

        flush.IsDeferred.ShouldBeTrue();
        _session.Scalar("PRAGMA synchronous").ShouldBe(1, "NORMAL");
        if (CanSeeDirtyPages)
        {
            DirtyPages().ShouldBePositive();
        }

        flush.Run().ShouldBeNull();
        DirtyPages().ShouldBe(0);
    }

    [Fact]
    public void Defer_where_the_log_cannot_be_flushed_leaves_it_to_each_commit()
    {
        _session.Execute("PRAGMA journal_mode = DELETE");
        var flush = new LogFlush(_session, _path);

        flush.Defer();
        Store();

        flush.IsDeferred.ShouldBeFalse();
        _session.Scalar("PRAGMA synchronous").ShouldBe(2, "FULL");
        flush.Run().ShouldBeNull();
        flush.RequireSound();
    }

    [Fact]
    public void Run_that_fails_says_what_may_be_lost_and_RequireSound_throws_from_then_on()
    {
        var codes = new Queue<int>([raw.SQLITE_OK, raw.SQLITE_IOERR, raw.SQLITE_OK]);
        var flush = new LogFlush(_session, _path) { Flush = codes.Dequeue };
        flush.Defer();
        flush.RequireSound();

        flush.Run().ShouldNotBeNull().Problem.Code.ShouldBe(ProblemCode.StoreUnavailable);
        flush.Run().ShouldNotBeNull("what the system would not write once may be lost, whatever it says the next time");

        Should.Throw<MemoryStoreException>(flush.RequireSound).Message.ShouldContain("restart all servers");
    }

    private void Store() => _session.Execute("INSERT INTO harbor VALUES ('Mara')");

    // Pages of the log that the system has not yet given to the disk; where it does not tell, none.
    private long DirtyPages()
    {
        using var log = File.OpenHandle(_path + "-wal", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return (long)(Statistics(log)?.Dirty ?? 0);
    }

    private bool CanSeeDirtyPages
    {
        get
        {
            using var probe = File.OpenHandle(_folder.File("probe"), FileMode.OpenOrCreate, FileAccess.ReadWrite);
            RandomAccess.Write(probe, new byte[4096], 0);
            return Statistics(probe) is { Dirty: > 0 };
        }
    }

    // cachestat(2), Linux 6.5
    private static CacheStatistics? Statistics(SafeFileHandle file)
    {
        var range = default(CacheRange);
        return OperatingSystem.IsLinux() && SystemCall(451, file, ref range, out var statistics, 0) == 0 ? statistics : null;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, SafeFileHandle file, ref CacheRange range, out CacheStatistics statistics, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct CacheRange
    {
        public ulong Offset;
        public ulong Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct CacheStatistics
    {
        public ulong Cached;
        public ulong Dirty;
        public ulong Writeback;
        public ulong Evicted;
        public ulong RecentlyEvicted;
    }
}
