using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Server.Tools;

namespace Memory.Server.Commands;

/// <summary><c>list</c>, <c>show</c> and <c>runs</c>: looking, which does not count as recalling.</summary>
internal static class LookCommands
{
    private const int Page = 500;
    private const int MaxLimit = 100_000;

    public static Command List(CommandHost host)
    {
        var limit = NumberOption.Whole("--limit", "How many at most, the newest first", 1, MaxLimit, otherwise: 20);
        var all = new Option<bool>("--all") { Description = "Also what was archived, merged, superseded or forgotten; else the active ones." };
        return host.Command(
            new Command("list", "List memories, the newest first.") { limit, all },
            (parsed, run) => run.RunAsync(parts => ListAsync(parts, run, parsed.GetRequiredValue(limit)!.Value, parsed.GetValue(all))));
    }

    public static Command Show(CommandHost host)
    {
        var id = new Argument<string>("id") { Description = "The memory." };
        return host.Command(
            new Command("show", "Show a memory with its evidence, the arithmetic of its confidence, and its lineage.") { id },
            (parsed, run) => run.RunAsync(parts => ShowAsync(parts, run, parsed.GetRequiredValue(id))));
    }

    public static Command Runs(CommandHost host)
    {
        var limit = NumberOption.Whole("--limit", "How many at most, the newest first", 1, MaxLimit, otherwise: 10);
        return host.Command(
            new Command("runs", "List the runs of consolidation.") { limit },
            (parsed, run) => run.RunAsync(parts => RunsAsync(parts, run, parsed.GetRequiredValue(limit)!.Value), isAudited: false));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ListAsync(ServerComposition parts, CommandSession run, int limit, bool all)
    {
        var listed = await run.NotedAsync(parts, "list", everywhere: false, async () => Outcome.Of(await parts.Store.ReadAsync(run.Settings.Namespace, reader =>
        {
            var kept = new Queue<MemoryRecord>();
            for (var place = 0L; reader.StoredAfter(place, Page) is { Count: > 0 } page; place = page[^1].Place)
            {
                foreach (var (_, memory) in page.Where(p => all || p.Memory.State == MemoryState.Active))
                {
                    kept.Enqueue(memory);
                    if (kept.Count > limit)
                    {
                        kept.Dequeue();
                    }
                }
            }

            return kept.Reverse().ToArray();
        }, run.Cancellation)));
        if (!listed.Succeeded)
        {
            return run.Fail(listed.Problem);
        }

        var found = listed.Value;
        if (run.Json)
        {
            return Screenful.Json([.. found.Select(Listed)], CommandJson.Default.ListedMemoryArray);
        }

        if (found.Length == 0)
        {
            await Screenful.LineAsync($"There are no {(all ? "" : "active ")}memories in namespace '{run.Settings.Namespace}'.");
            return ExitCodes.Done;
        }

        Screenful.Table(
            all ? ["id", "when", "kind", "state", "confidence", "content"] : ["id", "when", "kind", "confidence", "content"],
            found.Select(m => (IReadOnlyList<string>)(all
                ? [m.Id.Value, Day(m.When), Names.Of(m.Kind), Names.Of(m.State), Probability(m.Confidence), MemoryText.Excerpt(m.Content)]
                : [m.Id.Value, Day(m.When), Names.Of(m.Kind), Probability(m.Confidence), MemoryText.Excerpt(m.Content)])));
        return ExitCodes.Done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ShowAsync(ServerComposition parts, CommandSession run, string text)
    {
        if (!MemoryId.TryParse(text, out var id))
        {
            return run.Fail(new Problem(ProblemCode.Invalid, $"id is '{text}'; {MemoryId.Length} letters and digits as 'list' shows them are allowed."));
        }

        var outcome = await run.NotedAsync(
            parts, "show", everywhere: false, () => parts.Memories.ShowAsync(run.Settings.Namespace, id, run.Cancellation), static d => d.Memory.Id.Value);
        if (!outcome.Succeeded)
        {
            return run.Fail(outcome.Problem);
        }

        var shown = OutputOf(outcome.Value);
        if (run.Json)
        {
            return Screenful.Json(shown, CommandJson.Default.MemoryOutput);
        }

        var memory = shown.Memory;
        await Screenful.LineAsync(memory.Content);
        await Screenful.LineAsync(FormattableString.Invariant(
            $"\n{memory.Kind}, {memory.State}, confidence {memory.Confidence:0.00}, importance {shown.Importance:0.00}, from {memory.Source}, {memory.When}, recalled {shown.Recalled} times"));
        if (memory.Tags.Count > 0)
        {
            await Screenful.LineAsync($"tags: {string.Join(", ", memory.Tags)}");
        }

        Screenful.Table(
            ["evidence", "source", "session", "at", "log-odds", "note"],
            shown.Evidence.Select(static e => (IReadOnlyList<string>)[e.Hedged is true ? $"{e.Kind} (hedged)" : e.Kind, e.Source, e.Session ?? "", e.At, e.Contribution.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture), e.Note ?? e.Statement ?? ""]));
        foreach (var link in shown.Lineage)
        {
            await Screenful.LineAsync($"{link.From} {link.Kind.Replace('_', ' ')} {link.To}, {link.At}");
        }

        foreach (var earlier in shown.Replaced)
        {
            await Screenful.LineAsync($"earlier: [{earlier.Id}] {MemoryText.Excerpt(earlier.Content)}");
        }

        foreach (var other in shown.ContestedWith)
        {
            await Screenful.LineAsync($"contested: [{other.Id}] {MemoryText.Excerpt(other.Content)}");
        }

        return ExitCodes.Done;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunsAsync(ServerComposition parts, CommandSession run, int limit)
    {
        var runs = await parts.Store.ReadAsync(run.Settings.Namespace, reader => reader.Runs(limit), run.Cancellation);
        RunItem[] listed = [.. runs.Select(RunItem.Of)];
        if (run.Json)
        {
            return Screenful.Json(listed, CommandJson.Default.RunItemArray);
        }

        if (listed.Length == 0)
        {
            await Screenful.LineAsync($"Namespace '{run.Settings.Namespace}' was never consolidated.");
            return ExitCodes.Done;
        }

        Screenful.Table(
            ["run", "state", "scope", "cause", "merged", "superseded", "contested", "rescored", "archived"],
            listed.Select(static r => (IReadOnlyList<string>)[r.Run, r.UndoneUnits is { } units && r.State != "undone" ? $"{r.State}, {units} units undone" : r.State, r.Scope, r.Cause, Number(r.Merged), Number(r.Superseded), Number(r.Contested), Number(r.Rescored), Number(r.Archived)]));
        return ExitCodes.Done;
    }

    private static MemoryOutput OutputOf(MemoryDetails details) => new(
        Listed(details.Memory), details.Memory.Importance, details.Memory.Session, IsoTime.Format(details.Memory.CreatedAt), IsoTime.Format(details.Memory.UpdatedAt),
        details.Memory.ValidUntil is { } until ? IsoTime.Format(until) : null, details.Use.Count,
        [.. details.Confidence.Terms.Select(static t => new EvidenceOutput(
            t.Evidence.Kind.ToString().ToLowerInvariant(), t.Evidence.Source, t.Evidence.Session, IsoTime.Format(t.Evidence.At), t.Evidence.Reason, t.Evidence.Statement, t.Evidence.IsHedged ? true : null, Rounded.Of(t.Contribution)))],
        [.. details.Lineage.Select(static l => new LinkOutput(l.From.Value, l.To.Value, Names.Of(l.Kind), IsoTime.Format(l.At)))],
        [.. details.Replaced.Select(Listed)],
        [.. details.ContestedWith.Select(Listed)]);

    private static ListedMemory Listed(MemoryRecord memory) => new(
        memory.Id.Value, memory.Content, Names.Of(memory.Kind), Names.Of(memory.State), Rounded.Of(memory.Confidence), IsoTime.Format(memory.When), memory.Source, memory.Tags);

    private static string Day(DateTimeOffset time) => IsoTime.Format(time)[..10];

    private static string Probability(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
