using System.Globalization;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>A number that changes when anything of a memory changes that a plan may rest on. Vectors are not of it: they follow from the content.</summary>
internal static class Fingerprint
{
    /// <param name="memory">The memory.</param>
    /// <param name="evidence">How many rows its ledger has.</param>
    public static long Of(MemoryRecord memory, int evidence) => Folding.Hash(string.Create(
        CultureInfo.InvariantCulture,
        $"{memory.Id} {memory.Kind} {memory.State} {memory.Importance:R} {memory.Confidence:R} {memory.ConfidenceAt.UtcTicks} {memory.UpdatedAt.UtcTicks} {memory.OccurredAt?.UtcTicks} {memory.ValidUntil?.UtcTicks} {memory.Content.Length} {evidence} {string.Join('\u001F', memory.Tags)}"));
}
