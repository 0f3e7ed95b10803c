using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core;

public sealed partial class MemoryService
{
    private const int MaxTagsShown = 30;
    private const int MaxContestedCounted = 1_000;

    /// <summary>How many memories a namespace holds, and how it was last consolidated.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<NamespaceStatus> StatusAsync(Namespace ns, CancellationToken cancellationToken = default) => _store.ReadAsync(ns, Status, cancellationToken);

    /// <summary>What a namespace holds, at a glance. Looking does not count as recalling.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="perKind">How many memories of each kind are shown, 1 to 50.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<NamespaceOverview> OverviewAsync(Namespace ns, int perKind, CancellationToken cancellationToken = default)
    {
        var now = Now();
        return _store.ReadAsync(ns, reader => new NamespaceOverview(
            Status(reader),
            Enum.GetValues<MemoryKind>()
                .Select(kind => (Kind: kind, Memories: MostActive(reader, kind, perKind, now)))
                .Where(static k => k.Memories.Count > 0)
                .ToDictionary(static k => k.Kind, static k => k.Memories),
            reader.TagsStartingWith(string.Empty, MaxTagsShown)), cancellationToken);
    }

    /// <summary>The tags in use that begin with a prefix, most used first.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="prefix">The beginning; empty for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task<IReadOnlyList<string>> TagsAsync(Namespace ns, string prefix, int limit, CancellationToken cancellationToken = default) =>
        _store.ReadAsync(ns, reader => reader.TagsStartingWith(TagForm.Composed(prefix), limit), cancellationToken);

    private NamespaceStatus Status(IMemoryReader reader) =>
        new(reader.Namespace, reader.Counts(), reader.Runs(1) is [var run] ? run : null, EmbeddingStatus.Of(reader, _embeddings, _vectors))
        {
            Corrections = reader.Corrections(), Contested = reader.ContestedPairs(MaxContestedCounted).Count,
        };

    private IReadOnlyList<MemoryRecord> MostActive(IMemoryReader reader, MemoryKind kind, int limit, DateTimeOffset now)
    {
        var request = new RecallRequest { Limit = limit, Filter = new MemoryFilter { Kinds = [kind] } };
        return [.. _recaller.Recall(reader, request, QueryEmbedding.WordsOnly(null), now).Memories.Select(static m => m.Memory)];
    }
}
