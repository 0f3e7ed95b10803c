using System.Globalization;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Index;

public sealed class IndexImageTests
{
    private const int Dimensions = 32;

    // Two parts of entries, three blocks of vectors, and several parts of sessions and postings.
    private const int Memories = 9_000;

    [Fact]
    public void Load_of_parts_of_many_entries_gives_the_same_index()
    {
        var index = Filled();

        var (loaded, parts) = TakenAndLoaded(index);

        parts.CountBy(static p => p).ShouldContain(new KeyValuePair<IndexSection, int>(IndexSection.Entries, 2));
        parts.CountBy(static p => p).ShouldContain(new KeyValuePair<IndexSection, int>(IndexSection.Vectors, 3));
        parts.Count(static p => p == IndexSection.Postings).ShouldBeGreaterThan(1);
        parts.Count(static p => p == IndexSection.Sessions).ShouldBeGreaterThan(1);
        TestIndex.Dump(loaded).ShouldBe(TestIndex.Dump(index));
        TestIndex.DumpWords(loaded).ShouldBe(TestIndex.DumpWords(index));
    }

    [Fact]
    public void Load_of_an_index_that_was_loaded_and_went_on_gives_the_same_index()
    {
        var index = TakenAndLoaded(Filled()).Loaded;
        index.Add(static visit =>
        {
            visit(Row(3, MemoryState.Forgotten, ""));
            visit(Row(4, MemoryState.Superseded, "memory 4 of harbor4"));
            visit(Row(Memories, MemoryState.Active, "newcomer among harbor5 and harbor6"));
            return Memories + 3;
        });

        var (loaded, _) = TakenAndLoaded(index);

        loaded.Sequence.ShouldBe(Memories + 3);
        TestIndex.DumpWords(loaded).ShouldBe(TestIndex.DumpWords(index));
        TestIndex.Dump(loaded).ShouldBe(TestIndex.Dump(index));
        loaded.Vocabulary.Find("newcomer").ShouldBeGreaterThan(0);
        loaded.Vocabulary.Find("harbor3").ShouldBe(-1);
    }

    private static NamespaceIndex Filled()
    {
        var index = new NamespaceIndex(Dimensions);
        index.Add(static visit =>
        {
            for (var i = 0; i < Memories; i++)
            {
                visit(Row(i, MemoryState.Active, $"memory {i} of harbor{i}, beside quay{i % 100} and dock{i % 7}, with {string.Join(' ', Enumerable.Range(0, 30).Select(n => $"w{n}x{i % 50}"))}"));
            }

            return Memories;
        });
        return index;
    }

    private static IndexRow Row(int i, MemoryState state, string content)
    {
        var vector = new sbyte[Dimensions];
        new Random(i).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan()));
        var isForgotten = state == MemoryState.Forgotten;
        return new IndexRow
        {
            Id = MemoryId.FromBits((ulong)i + 1), Content = content, Kind = MemoryKind.Fact, State = state, Importance = 0.5f, Confidence = 0.5f,
            CreatedAt = i, When = i * 86_400_000L % 1_000_000_000_000, EndedAt = IndexRow.Never,
            Session = isForgotten ? "" : string.Create(CultureInfo.InvariantCulture, $"session {new string('s', 200)} {i}"),
            Tags = isForgotten ? [] : [$"t{i % 9}", $"u{i}"], Scale = isForgotten || i % 10 == 0 ? 0 : 0.01f, Vector = vector,
        };
    }

    private static (NamespaceIndex Loaded, List<IndexSection> Parts) TakenAndLoaded(NamespaceIndex index)
    {
        using var gate = new ReaderWriterLockSlim();
        var taking = new IndexTaking(index, gate);
        var parts = new List<(IndexSection Section, byte[] Data)>();
        while (taking.Next() is { } section)
        {
            parts.Add((section, taking.Bytes.ToArray()));
        }

        taking.IsConsistent.ShouldBeTrue();
        var loaded = NamespaceIndex.Load(visit =>
        {
            foreach (var (section, data) in parts)
            {
                visit((int)section, new MemoryStream(data));
            }

            return taking.Sequence;
        }, Dimensions);
        return (loaded.ShouldNotBeNull(), [.. parts.Select(static p => p.Section)]);
    }
}
