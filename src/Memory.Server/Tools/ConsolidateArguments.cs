using Memory.Core.Memories;

namespace Memory.Server.Tools;

/// <summary>The runs and plans that a call of <c>consolidate</c> names, held against what its schema cannot say: each is a name, and stands alone.</summary>
/// <param name="Plan">The plan to carry out.</param>
/// <param name="Undo">The run to undo.</param>
internal readonly record struct ConsolidateArguments(RunId? Plan, RunId? Undo)
{
    /// <summary>Reads them.</summary>
    /// <param name="arguments">The arguments, which have passed the schema.</param>
    public static Outcome<ConsolidateArguments> Parse(ToolArguments arguments)
    {
        // Whoever wants to undo and has lost the name must not set off a run.
        if (arguments.OnlyNull("undo_run", "plan") is { } nothing)
        {
            return new Problem(ProblemCode.Invalid, $"{nothing} is null; a name is allowed. To consolidate, leave it out.");
        }

        if (arguments.Text("undo_run") is { } undo)
        {
            return arguments.Flag("dry_run") || arguments.Flag("force") || arguments.Has("scope") || arguments.Has("plan") || arguments.Has("wait")
                ? new Problem(ProblemCode.Invalid, "undo_run stands alone; dry_run, plan, force, wait and scope are not allowed beside it.")
                : RunId.TryParse(undo, out var run)
                    ? new ConsolidateArguments(null, run)
                    : new Problem(ProblemCode.Invalid, $"undo_run is '{undo}'; the name of a run such as 20261124-030000-k3m9x7 is allowed. consolidate and status give it.");
        }

        if (arguments.Text("plan") is not { } named)
        {
            return default(ConsolidateArguments);
        }

        return arguments.Flag("dry_run") || arguments.Flag("force") || arguments.Has("scope")
            ? new Problem(ProblemCode.Invalid, "plan stands alone: it says itself what is done; dry_run, force and scope are not allowed beside it.")
            : RunId.TryParse(named, out var plan)
                ? new ConsolidateArguments(plan, null)
                : new Problem(ProblemCode.Invalid, $"plan is '{named}'; the name of a plan such as 20261124-030000-k3m9x7 is allowed. consolidate with dry_run gives it.");
    }
}
