using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>What a plan intends, memory by memory, against the store as it is now.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Units">The units of work, in order; each is carried out as a whole.</param>
public sealed record PlanDetails(ConsolidationPlan Plan, IReadOnlyList<UnitDetails> Units);

/// <summary>What a unit of a plan intends.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Changes">The changes; none when it cannot be carried out any more.</param>
/// <param name="Changed">Why it cannot be carried out any more, or <see langword="null"/>.</param>
public sealed record UnitDetails(int Number, IReadOnlyList<ChangeDetails> Changes, string? Changed);

/// <summary>What is intended for one memory.</summary>
/// <param name="Before">The memory as it is; of one to be made, as it shall be.</param>
/// <param name="After">The memory as it shall be.</param>
/// <param name="IsNew">Whether it is to be made.</param>
/// <param name="By">The memory that takes its place or contradicts it, when there is one.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ChangeDetails(MemoryRecord Before, MemoryRecord After, bool IsNew, MemoryId? By, string Reason);
