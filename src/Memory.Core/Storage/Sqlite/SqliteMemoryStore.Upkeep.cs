using Memory.Core.Memories;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Storage.Sqlite;

public sealed partial class SqliteMemoryStore
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public DateTimeOffset? LastBackupAt => Backups.All(_file).Select(Backups.MadeAt).FirstOrDefault(static at => at is not null);

    /// <inheritdoc/>
    public async Task<string> BackupAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        return await Task.Run(() =>
        {
            using var session = _file.OpenReader();
            return Backups.Write(session, _file, _time, _backupsKept).Path;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Outcome<BackupReport>> BackupToAsync(string? path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        try
        {
            if (path is not null && DatabaseFiles.Refusal(_file.Path, path) is { } refusal)
            {
                return refusal;
            }

            if (path is not null && Directory.Exists(path))
            {
                return Problem.Invalid($"'{Path.GetFullPath(path)}' is a folder; name a file.");
            }

            if (path is not null && Path.GetFullPath(path) is var full && File.Exists(full) && !overwrite)
            {
                return new Problem(ProblemCode.Conflict, $"'{full}' is there already; name another file, or replace it with --force.");
            }

            return await Task.Run<Outcome<BackupReport>>(() =>
            {
                using var session = _file.OpenReader();
                return path is null ? Backups.Write(session, _file, _time, _backupsKept) : Backups.WriteTo(session, _file, Path.GetFullPath(path), overwrite, _time);
            }, cancellationToken);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCode.StoreUnavailable, $"The backup could not be written: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(bool repair, CancellationToken cancellationToken = default)
    {
        var writes = await OpenAsync(cancellationToken);
        var damage = await _readers.ReadFreshAsync(static session => Integrity.CheckFile(session, all: true), cancellationToken);
        if (damage.Any(static d => !Integrity.IsOfFullText(d)))
        {
            // Nothing is repaired in a damaged file; what can still be read of it is looked at.
            return [.. damage.Select((d, i) => new Finding("integrity", i == 0 ? _file.DamageMessage(d) : d, CanRepair: false)), .. await ExamineDamagedAsync(writes, cancellationToken), .. Permissions(repair)];
        }

        var findings = (await writes.EnqueueAsync(session => new Doctor(session, _time).Examine(repair), cancellationToken, isLong: true)).ToList();
        if (repair && findings.FindIndex(static f => f.Check == "forgetting") is >= 0 and var traces)
        {
            var remain = await PurgeAsync(cancellationToken);
            findings[traces] = remain is null ? findings[traces] with { IsRepaired = true } : findings[traces] with { Problem = $"{findings[traces].Problem} {remain}" };
        }

        findings.AddRange(UnfinishedBackups(repair));
        findings.AddRange(Permissions(repair));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ExamineDamagedAsync(WriteQueue writes, CancellationToken cancellationToken)
    {
        var doctor = default(Doctor);
        try
        {
            await writes.EnqueueAsync(session => (doctor = new Doctor(session, _time)).Examine(repair: false), cancellationToken, isLong: true);
        }
        catch (MemoryStoreException)
        {
            // It came as far as the damage, of which was told already.
        }

        return [.. doctor?.Findings.Select(static f => f with { CanRepair = false }) ?? []];
    }

    private IEnumerable<Finding> UnfinishedBackups(bool repair)
    {
        foreach (var partial in Backups.Partial(_file).Where(p => _time.GetUtcNow() - File.GetLastWriteTimeUtc(p) > Abandoned))
        {
            if (repair)
            {
                File.Delete(partial);
            }

            yield return new Finding("backups", $"'{partial}' is a backup that was never finished.", CanRepair: true, IsRepaired: repair);
        }
    }

    private IEnumerable<Finding> Permissions(bool repair)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(_file.Path) & Others) == 0)
        {
            yield break;
        }

        if (repair)
        {
            File.SetUnixFileMode(_file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        yield return new Finding("permissions", $"Other users of this machine can read '{_file.Path}'.", CanRepair: true, IsRepaired: repair);
    }
}
