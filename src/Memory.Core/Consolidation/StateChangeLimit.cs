using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Keeps a run from changing the state of more memories than is plausible. What it holds back is left to the next run, and not taken for done.</summary>
/// <param name="active">How many memories were active when the run began.</param>
/// <param name="options">The constants.</param>
/// <param name="force">Whether the owner wants it all the same.</param>
internal sealed class StateChangeLimit(int active, ConsolidationOptions options, bool force)
{
    private readonly int _allowed = force ? int.MaxValue : Math.Max(options.MinChangedLimit, (int)(active * options.MaxChangedShare));
    private readonly HashSet<MemoryId> _heldBack = [];
    private readonly HashSet<MemoryId> _seenAgain = [];
    private int _changed;

    /// <summary>How many may in one run: a unit of more could never be carried out.</summary>
    public int Allowance => _allowed;

    /// <summary>What of a unit may be carried out: all of it, of memories that have faded as many as still may, or nothing. Notes the rest.</summary>
    public PlannedUnit? Allowed(PlannedUnit unit)
    {
        var left = _allowed - _changed;
        if (unit.JudgedStateChanges == 0 || unit.JudgedStateChanges <= left)
        {
            return unit;
        }

        // Each of them stands alone, and every run looks at all that may have faded.
        if (unit.Kind == UnitKind.Archive)
        {
            _heldBack.UnionWith(unit.Changes.Skip(left).Select(static c => c.Id));
            return left == 0 ? null : unit with { Changes = [.. unit.Changes.Take(left)] };
        }

        _heldBack.UnionWith(unit.Changes.Where(static c => c.ChangesState).Select(static c => c.Id));
        _seenAgain.UnionWith(unit.Changes.SelectMany(static c => new[] { c.Id, c.MergedInto, c.SupersededBy }).OfType<MemoryId>());
        return null;
    }

    /// <summary>Counts a unit that was carried out.</summary>
    public void Count(PlannedUnit unit)
    {
        _changed += unit.JudgedStateChanges;
        _heldBack.ExceptWith(unit.Changes.Where(static c => c.ChangesState).Select(static c => c.Id));
    }

    /// <summary>Whether something was to be done with the memory that the next run has to find again.</summary>
    public bool IsSeenAgain(MemoryId id) => _seenAgain.Contains(id);

    /// <summary>What was held back, in words; <see langword="null"/> when nothing was.</summary>
    public string? HeldBack => _heldBack.Count == 0 ? null : FormattableString.Invariant(
        $"{_heldBack.Count} more memories would have changed state: of {active} active ones {_allowed} may in one run. Nothing is wrong with them: the next run goes on with them, a dry run shows them; force it to do all at once, if that is what you want");
}
