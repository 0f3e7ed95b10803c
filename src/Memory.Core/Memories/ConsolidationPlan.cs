namespace Memory.Core.Memories;

/// <summary>What a dry run intends, kept so that exactly it can be carried out.</summary>
/// <param name="Id">Its name, which the run that carries it out takes over.</param>
/// <param name="Scope">What the dry run looked at.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="SeenSequence">The place in the order of changes up to which it looked.</param>
/// <param name="Examined">How many memories it looked at.</param>
public sealed record ConsolidationPlan(RunId Id, RunScope Scope, DateTimeOffset MadeAt, long SeenSequence, int Examined);

/// <summary>One unit of work of a plan.</summary>
/// <param name="Number">Its place in the plan, from 1; the unit of the run that carries it out has the same.</param>
/// <param name="Members">The memories it rests on. Not read back: the work knows them.</param>
/// <param name="Work">What shall be done, in the planner's own notation; empty once a memory of it was forgotten.</param>
public sealed record PlanUnit(int Number, IReadOnlyCollection<MemoryId> Members, string Work);
