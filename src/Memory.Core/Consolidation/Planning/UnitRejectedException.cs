namespace Memory.Core.Consolidation.Planning;

/// <summary>A unit broke an invariant: its transaction is rolled back, and the run goes on.</summary>
internal sealed class UnitRejectedException(string reason) : Exception(reason);
