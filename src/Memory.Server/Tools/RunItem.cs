using Memory.Core.Memories;

namespace Memory.Server.Tools;

/// <summary>A run of consolidation as REST and the command line list it; with the number of units that were put back, if any were.</summary>
internal sealed record RunItem(
    string Run, string Scope, string Cause, string State, string StartedAt, string? FinishedAt, int Merged, int Superseded, int Contested, int Rescored, int Archived, int? Examined, int? UndoneUnits)
{
    public static RunItem Of(Run run) => new(
        run.Id.Value, Names.Of(run.Scope), Names.Of(run.Cause), Names.Of(run.State), IsoTime.Format(run.StartedAt), run.FinishedAt is { } at ? IsoTime.Format(at) : null,
        run.Counts.Merged, run.Counts.Superseded, run.Counts.Contested, run.Counts.Rescored, run.Counts.Archived, run.Outcome?.Examined, run.UndoneUnits > 0 ? run.UndoneUnits : null);
}
