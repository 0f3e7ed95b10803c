using Memory.Core.Memories;
using Memory.Evaluation.World;

namespace Memory.Evaluation.Tests.World;

/// <summary>Memories, links and ledgers as a store would hold them, put together by hand.</summary>
internal sealed class StoreDouble
{
    private readonly Random _random = new(1);
    private readonly List<MemoryRecord> _memories = [];
    private readonly List<Link> _links = [];
    private readonly Dictionary<MemoryId, List<Evidence>> _evidence = [];
    private readonly List<HeldStatement> _statements = [];
    private long _sequence;

    public MemoryId Add(MemoryState state, params Claim[] claims)
    {
        var id = MemoryId.New(_random);
        _memories.Add(new MemoryRecord
        {
            Id = id, Namespace = Namespace.Default, Content = state == MemoryState.Forgotten ? "" : $"Statement {id}.", Kind = MemoryKind.Fact, Tags = [], Importance = 0.5, Source = "user",
            State = state, Confidence = 0.8, ConfidenceAt = SimulatedWorld.Start, CreatedAt = SimulatedWorld.Start, UpdatedAt = SimulatedWorld.Start, Sequence = ++_sequence,
        });
        _evidence[id] = [];
        Say(id, $"Statement {id}.", claims);
        return id;
    }

    public void Say(MemoryId memory, string words, params Claim[] claims) =>
        _statements.Add(new HeldStatement(memory, new WorldStatement(SimulatedWorld.Start, "user", "s", words, MemoryKind.Fact, null, [new WorldSentence(words, claims)])));

    public void KeepWords(MemoryId memory, string words) =>
        _evidence[memory].Add(new Evidence(EvidenceKind.Corroborated, "user", "s", SimulatedWorld.Start, Statement: words));

    public void Link(MemoryId from, MemoryId to, LinkKind kind) => _links.Add(new Link(from, to, kind, SimulatedWorld.Start));

    public void Touch(MemoryId memory)
    {
        var place = _memories.FindIndex(m => m.Id == memory);
        _memories[place] = _memories[place] with { Sequence = ++_sequence };
    }

    public Holdings Holdings() => new(
        [.. _memories], [.. _links], _evidence.ToDictionary(static e => e.Key, static IReadOnlyList<Evidence> (e) => e.Value.ToArray()), [.. _statements]);
}
