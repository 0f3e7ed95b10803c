using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Memory.Core.Tests.Embeddings;

namespace Memory.Core.Tests.Consolidation.Pairs;

/// <summary>Statements as the tests of pairs write them, one day after the other.</summary>
internal static class Statements
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly StatementReader Reader = new(EmbeddingFiles.Static);

    public static PairStatement Read(string content, int day = 0, MemoryKind kind = MemoryKind.Fact, DateTimeOffset? occurredAt = null) =>
        Reader.Read(content, kind, First.AddDays(day), occurredAt);

    public static PairDecision RulesOnly() => new(new Problem(ProblemCode.ModelUnavailable, "there is no model"), EmbeddingFiles.Static, null);
}
