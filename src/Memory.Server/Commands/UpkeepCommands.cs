using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Server.Commands;

/// <summary><c>backup</c>, <c>restore</c> and <c>doctor</c>.</summary>
internal static class UpkeepCommands
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

    public static Command Doctor(CommandHost host)
    {
        var repair = new Option<bool>("--repair") { Description = "Put right what can be put right without losing anything." };
        return host.Command(
            new Command("doctor", "Check the database: integrity, full-text index and vectors against the memories, orphans, stale leases.") { repair },
            (parsed, run) => run.RunAsync(parts => DoctorAsync(parts, run, parsed.GetValue(repair)), isAudited: parsed.GetValue(repair)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> BackupAsync(ServerComposition parts, CommandSession run, string? path, bool force)
    {
        var outcome = await run.NotedAsync(parts, "backup", everywhere: true, () => parts.Store.BackupToAsync(path, force, run.Cancellation));
        if (!outcome.Succeeded)
        {
            return CommandSession.Fail(outcome.Problem);
        }

        var made = outcome.Value;
        if (run.Json)
        {
            return Screenful.Json(new BackupShown(made.Path, made.SizeBytes, made.Memories, made.Runs), CommandJson.Default.BackupShown);
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Path}: {made.SizeBytes / 1024.0 / 1024.0:0.0} MB, {made.Memories} memories, {made.Runs} runs; opened and checked."));
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
            return CommandSession.Fail(outcome.Problem);
        }

        // In what is there now: the log of before lies with what was there before.
        await run.RunAsync(static async parts =>
        {
            await parts.Audit.NoteAsync("restore", null, null, problem: null, atOnce: true);
            return ExitCodes.Done;
        });
        var (database, memories, kept) = outcome.Value;
        if (run.Json)
        {
            return Screenful.Json(new RestoreShown(database, memories, kept), CommandJson.Default.RestoreShown);
        }

        Console.Out.WriteLine($"{database} holds {memories} memories.{(kept is null ? "" : $" What was there before is in {kept}.")}");
        return ExitCodes.Done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> DoctorAsync(ServerComposition parts, CommandSession run, bool repair)
    {
        var examined = await run.NotedAsync(parts, "doctor --repair", everywhere: true, async () => Outcome.Of(await parts.Store.ExamineAsync(repair, run.Cancellation)));
        if (!examined.Succeeded)
        {
            return CommandSession.Fail(examined.Problem);
        }

        var findings = examined.Value.ToList();
        if (findings.TrueForAll(static f => f.Check != "integrity"))
        {
            findings.AddRange(await MissingVectorsAsync(parts, run, repair));
        }

        var healthy = findings.TrueForAll(static f => f.IsRepaired);
        var code = healthy ? ExitCodes.Done : ExitCodes.Partly;
        if (run.Json)
        {
            return Screenful.Json(
                new DoctorShown(healthy, [.. findings.Select(static f => new ShownFinding(f.Check, f.Problem, f.CanRepair, f.IsRepaired))]), CommandJson.Default.DoctorShown, code);
        }

        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync($"{(finding.IsRepaired ? "repaired" : "found")}: {finding.Check}: {finding.Problem}{(finding is { CanRepair: true, IsRepaired: false } ? " 'doctor --repair' puts it right." : "")}");
        }

        if (findings.Count == 0)
        {
            await Console.Out.WriteLineAsync("All is well.");
        }

        return code;
    }

    private static async Task<IReadOnlyList<Finding>> MissingVectorsAsync(ServerComposition parts, CommandSession run, bool repair)
    {
        if (parts.Embeddings.Table is not { } table)
        {
            return [];
        }

        var findings = new List<Finding>();
        foreach (var ns in await parts.Store.NamespacesAsync(run.Cancellation))
        {
            var (_, missing) = await parts.Store.ReadAsync(ns, reader => reader.VectorCounts(table.Model.ToString()), run.Cancellation);
            if (missing > 0)
            {
                var isRepaired = repair && await parts.Memories.EmbedMissingAsync(ns, run.Cancellation) >= missing;
                findings.Add(new Finding("vectors", $"{missing} memories of namespace {ns} have no vector of {table.Model}; a running server makes them by itself.", CanRepair: true, isRepaired));
            }
        }

        return findings;
    }
}
