using System.CommandLine;
using System.Runtime.CompilerServices;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;
using Memory.Server.Embeddings;

namespace Memory.Server.Commands;

/// <summary><c>doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host)
    {
        var repair = new Option<bool>("--repair") { Description = "Put right what can be put right without losing anything." };
        var all = new Option<bool>("--all") { Description = "Make all vectors of the sentence encoder, or of a configured 'onnx:' model, anew and compare them, not some hundreds a namespace; those of the built-in table always are." };
        return host.Command(
            new Command("doctor", "Check the database: integrity, full-text index and vectors against the memories, orphans, stale leases.") { repair, all },
            (parsed, run) => run.RunAsync(parts => ExamineAsync(parts, run, parsed.GetValue(repair), parsed.GetValue(all)), isAudited: parsed.GetValue(repair)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ExamineAsync(ServerComposition parts, CommandSession run, bool repair, bool all)
    {
        var examined = await run.NotedAsync(parts, "doctor --repair", everywhere: true, async () => Outcome.Of(await parts.Store.ExamineAsync(repair, run.Cancellation)));
        if (!examined.Succeeded)
        {
            return run.Fail(examined.Problem);
        }

        var findings = examined.Value.ToList();
        if (findings.TrueForAll(static f => f.Check != "integrity"))
        {
            foreach (var ns in await parts.Store.NamespacesAsync(run.Cancellation))
            {
                findings.AddRange(await MissingVectorsAsync(parts, run, ns, repair));
                findings.AddRange(await parts.Memories.CompareVectorsAsync(ns, Compared(run.Settings.Embeddings, all), repair, run.Cancellation));
            }
        }

        var healthy = findings.TrueForAll(static f => f.IsRepaired);
        var code = healthy ? ExitCodes.Done : ExitCodes.Partly;
        if (run.Json)
        {
            return Screenful.Json(
                new DoctorOutput(healthy, [.. findings.Select(static f => new FindingOutput(f.Check, f.Problem, f.CanRepair, f.IsRepaired))]), CommandJson.Default.DoctorOutput, code);
        }

        foreach (var finding in findings)
        {
            await Screenful.LineAsync($"{(finding.IsRepaired ? "repaired" : "found")}: {finding.Check}: {finding.Problem}{(finding is { CanRepair: true, IsRepaired: false } ? " 'doctor --repair' puts it right." : "")}");
        }

        if (findings.Count == 0)
        {
            await Screenful.LineAsync("All is well.");
        }

        return code;
    }

    // A service elsewhere is not asked again for what it was asked already.
    private static ComparedVectors Compared(string embeddings, bool all) =>
        !EmbeddingProviders.IsOnThisMachine(embeddings) ? ComparedVectors.None : all ? ComparedVectors.All : ComparedVectors.Sample;

    private static async Task<IReadOnlyList<Finding>> MissingVectorsAsync(ServerComposition parts, CommandSession run, Namespace ns, bool repair)
    {
        if (parts.Embeddings.Table is not { } table || await parts.Store.ReadAsync(ns, reader => reader.VectorCounts(table.Model.ToString()), run.Cancellation) is not (_, > 0 and var missing))
        {
            return [];
        }

        var isRepaired = repair && await parts.Memories.EmbedMissingAsync(ns, run.Cancellation) >= missing;
        return [new Finding("vectors", $"{missing} memories of namespace {ns} have no vector of {table.Model}; a running server makes them by itself.", CanRepair: true, isRepaired)];
    }
}
