using Memory.Core.Consolidation.Planning;

namespace Memory.Core.Consolidation;

/// <summary>Keeps a run from changing the state of more memories than is plausible.</summary>
/// <param name="active">How many memories were active when the run began.</param>
/// <param name="options">The constants.</param>
/// <param name="force">Whether the owner wants it all the same.</param>
internal sealed class StateChangeLimit(int active, ConsolidationOptions options, bool force)
{
    private readonly int _allowed = force ? int.MaxValue : Math.Max(options.MinChangedLimit, (int)(active * options.MaxChangedShare));
    private int _changed;
    private int _heldBack;

    /// <summary>Whether a unit may be carried out; counts it when not.</summary>
    public bool Allows(PlannedUnit unit)
    {
        if (unit.JudgedStateChanges == 0 || _changed + unit.JudgedStateChanges <= _allowed)
        {
            return true;
        }

        _heldBack += unit.JudgedStateChanges;
        return false;
    }

    /// <summary>Counts a unit that was carried out.</summary>
    public void Count(PlannedUnit unit) => _changed += unit.JudgedStateChanges;

    /// <summary>What was held back, in words; <see langword="null"/> when nothing was.</summary>
    public string? HeldBack => _heldBack == 0 ? null : FormattableString.Invariant(
        $"{_heldBack} more memories would have changed state: of {active} active ones {_allowed} may in one run. Nothing is wrong with them; look at a dry run, and force it if that is what you want");
}
