using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Memory.Server.Tools;
using Spectre.Console;

namespace Memory.Server.Commands;

/// <summary><c>consolidate</c>: a run, a dry run shown as a difference, or exactly what a dry run planned.</summary>
internal static class ConsolidateCommand
{
    public static Command Create(CommandHost host)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only plan, and show what would change." };
        var plan = new Option<string>("--apply") { Description = "Carry out exactly this plan of a dry run." };
        plan.Validators.Add(static given => RunNames.Check(given, "--apply", "memory-server consolidate --dry-run"));
        var full = new Option<bool>("--full") { Description = "Look at everything, not only at what changed since the last run." };
        var force = new Option<bool>("--force") { Description = "Do all at once; else a run changes by judgement the state of at most 30% of the memories (20 in any case), and the next goes on with the rest." };
        var wait = NumberOption.Whole("--wait", "Seconds to wait while another process consolidates", 0, 600, otherwise: 0);
        var command = new Command("consolidate", "Merge what says the same, settle contradictions, update confidence, archive what has faded.") { dryRun, plan, full, force, wait };
        command.Validators.Add(given =>
        {
            if (given.GetResult(plan) is not null && (given.GetValue(dryRun) || given.GetValue(full) || given.GetValue(force)))
            {
                given.AddError("--apply carries out exactly what its plan says: --dry-run, --full and --force are not allowed beside it, only --wait.");
            }
            else if (given.GetValue(dryRun) && given.GetResult(wait) is { Implicit: false })
            {
                given.AddError("--dry-run changes nothing and waits for nobody: --wait is not allowed beside it, only --full and --force.");
            }
        });
        return host.Command(
            command,
            (parsed, run) => parsed.GetValue(dryRun)
                ? run.RunAsync(parts => DryRunAsync(parts, run, parsed.GetValue(full), parsed.GetValue(force)))
                : run.CallAsync(
                    "consolidate",
                    new Dictionary<string, System.Text.Json.JsonElement?>
                    {
                        ["plan"] = CommandJson.Of(parsed.GetValue(plan)), ["scope"] = CommandJson.Of(parsed.GetValue(full) ? "full" : null),
                        ["force"] = CommandJson.Of(parsed.GetValue(force)), ["wait"] = CommandJson.Of(parsed.GetValue(wait)),
                    },
                    static data => data.TryGetProperty("refused", out _) || data.TryGetProperty("rolled_back", out _) ? ExitCodes.Partly : ExitCodes.Done,
                    static data => $"To put this back: memory-server undo {data.GetProperty("run").GetString()}",
                    shown: "Consolidating"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> DryRunAsync(ServerComposition parts, CommandSession run, bool full, bool force)
    {
        var ns = run.Settings.Namespace;
        var outcome = await run.NotedAsync(
            parts, AuditActions.Plan, everywhere: false,
            () => run.WithProgressAsync("Planning", share => parts.Consolidator.RunAsync(
                new ConsolidationRequest(ns, full ? RunScope.Full : RunScope.Incremental, DryRun: true) { Force = force }, new Shares(share), run.Cancellation)),
            static r => r.Plan?.Value);
        if (!outcome.Succeeded)
        {
            return run.Fail(outcome.Problem);
        }

        var report = outcome.Value;
        if (report.State != RunState.Completed)
        {
            return run.Fail(new Problem(ProblemCode.Conflict, "The dry run was cancelled before it had looked at everything. Nothing was changed, and there is no plan."));
        }

        var details = report.Plan is { } plan ? await parts.Consolidator.PlanAsync(ns, plan, run.Cancellation) : default;
        var shown = new PlanOutput(
            report.Plan?.Value, report.Examined,
            details.Value is { } found ? [.. found.Units.Select(static u => new UnitOutput(u.Number, [.. u.Changes.Select(OutputOf)]))] : [], report.Contested, report.RolledBack);
        if (run.Json)
        {
            return Screenful.Json(shown, CommandJson.Default.PlanOutput);
        }

        Print(shown);
        return ExitCodes.Done;
    }

    private static ChangeOutput OutputOf(ChangeDetails change) => new(
        change.Before.Id.Value, change.Before.Content, change.IsNew,
        change.IsNew || change.Before.State == change.After.State ? null : Names.Of(change.Before.State),
        change.IsNew || change.Before.State == change.After.State ? null : Names.Of(change.After.State),
        change.IsNew || change.Before.Confidence.Equals(change.After.Confidence) ? null : Rounded.Of(change.Before.Confidence),
        change.Before.Confidence.Equals(change.After.Confidence) && !change.IsNew ? null : Rounded.Of(change.After.Confidence),
        change.By?.Value, change.Reason);

    // As a difference of two texts is read: '-' leaves, '+' comes, '~' stays and changes.
    private static void Print(PlanOutput plan)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = int.MaxValue / 2;
        }

        foreach (var unit in plan.Units)
        {
            console.MarkupLineInterpolated($"[blue]@@ unit {unit.Unit}: {TerminalText.Of(string.Join("; ", unit.Changes.Select(static c => c.Reason).Distinct()))} @@[/]");
            foreach (var change in unit.Changes)
            {
                var (sign, color) = change.IsNew ? ('+', Color.Green) : change.StateAfter is not null ? ('-', Color.Red) : ('~', Color.Yellow);
                console.Write(new Text(TerminalText.Of($"{sign} [{change.Id}] {MemoryText.Excerpt(change.Content)}{Fields(change)}\n"), new Style(color)));
            }
        }

        foreach (var line in plan.ToDecide)
        {
            console.WriteLine(TerminalText.Of($"To decide: {line}"));
        }

        foreach (var line in plan.HeldBack)
        {
            console.WriteLine(TerminalText.Of($"Held back: {line}"));
        }

        console.WriteLine(plan.Units.Count == 0
            ? $"Looked at {plan.Examined} memories; nothing would change."
            : $"Looked at {plan.Examined} memories; {plan.Units.Count} units of work. To carry out exactly this: memory-server consolidate --apply {plan.Plan}");
    }

    private static string Fields(ChangeOutput change)
    {
        var fields = new List<string>();
        if (change.StateAfter is not null)
        {
            fields.Add($"{change.StateBefore} -> {change.StateAfter}");
        }

        if (change.ConfidenceBefore is { } before && change.ConfidenceAfter is { } after)
        {
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"confidence {before:0.00} -> {after:0.00}"));
        }

        if (change.By is { } by)
        {
            fields.Add($"by {by}");
        }

        return fields.Count == 0 ? "" : $" ({string.Join(", ", fields)})";
    }

    private sealed class Shares(IProgress<double> share) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => share.Report((value.StageNumber - 1 + (value.Total > 0 ? (double)value.Done / value.Total : 0)) / value.StageCount);
    }
}
