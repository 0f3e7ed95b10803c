using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Memory.Server.Commands;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class BackupCommands
{
    public static Command Backup(CommandHost host)
    {
        var path = new Argument<string?>("file") { Description = "Where to; beside the database when left out, where forgetting reaches it.", Arity = ArgumentArity.ZeroOrOne };
        var force = new Option<bool>("--force") { Description = "Replace the file when it is there." };
        return host.Command(
            new Command("backup", "Write a verified copy of the database while it is in use.") { path, force },
            (parsed, run) => run.RunAsync(parts => BackupAsync(parts, run, parsed.GetValue(path), parsed.GetValue(force))));
    }

    public static Command Restore(CommandHost host)
    {
        var path = new Argument<string>("file") { Description = "The backup." };
        var force = new Option<bool>("--force") { Description = "Replace a database that holds memories; it is backed up first." };
        return host.Command(
            new Command("restore", "Put a backup in the place of the database. No server may be running on it.") { path, force },
            (parsed, run) => RestoreAsync(run, parsed.GetRequiredValue(path), parsed.GetValue(force)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> BackupAsync(ServerComposition parts, CommandSession run, string? path, bool force)
    {
        var outcome = await run.NotedAsync(parts, "backup", everywhere: true, () => parts.Store.BackupToAsync(path, force, run.Cancellation));
        if (!outcome.Succeeded)
        {
            return run.Fail(outcome.Problem);
        }

        var made = outcome.Value;
        if (run.Json)
        {
            return Screenful.Json(new BackupOutput(made.Path, made.SizeBytes, made.Memories, made.Runs), CommandJson.Default.BackupOutput);
        }

        await Screenful.LineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Path}: {made.SizeBytes / 1024.0 / 1024.0:0.0} MB, {made.Memories} memories, {made.Runs} runs; opened and checked."));
        if (path is not null)
        {
            await Console.Error.WriteLineAsync("Forgetting does not reach copies elsewhere: what is forgotten later stays in this file.");
        }

        return ExitCodes.Done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RestoreAsync(CommandSession run, string path, bool force)
    {
        var outcome = ServerComposition.Restore(path, run.Settings, force, TimeProvider.System);
        if (!outcome.Succeeded)
        {
            return run.Fail(outcome.Problem);
        }

        // In what is there now: the log of before lies with what was there before.
        var noted = await run.RunAsync(static async parts =>
        {
            await parts.Audit.NoteAsync("restore", null, null, problem: null);
            return await parts.Audit.FlushAsync() ? ExitCodes.Done : ExitCodes.Partly;
        });
        if (noted != ExitCodes.Done)
        {
            await Console.Error.WriteLineAsync("The database is restored; that it was could not be written into its audit log.");
        }

        var (database, memories, inForce, kept) = outcome.Value;
        var code = noted == ExitCodes.Done ? ExitCodes.Done : ExitCodes.Partly;
        if (run.Json)
        {
            return Screenful.Json(new RestoreOutput(database, memories, inForce, kept), CommandJson.Default.RestoreOutput, code);
        }

        await Screenful.LineAsync($"{database} holds {memories} memories.{(kept is null ? "" : $" What was there before is in {kept}.")}");
        if (inForce > 0)
        {
            await Screenful.LineAsync($"Nothing tells whether keys were revoked since the backup: {inForce} of its keys are in force. See 'memory-server keys list', and revoke what should not be.");
        }

        return code;
    }
}
